-- One row a level of a model that an earlier run fitted, in the model's order.
select * from fitted_level where kind = $kind and version = $version
order by place, (number >= 0), number desc
