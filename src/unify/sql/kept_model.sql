-- One row: the model of a version that an earlier run fitted.
select * from fitted_model where kind = $kind and version = $version
