-- One row a number of systems: how many customers are known to so many.
select len(sources) as systems, count(*) as customers from golden_customer group by systems order by systems
