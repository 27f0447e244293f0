-- A server's taxed hours have the rate of their plan's category at the place of taxation, or the standard rate there, as of the hour in which they started or the one before, which was in progress.
select p.wallet_id,
       format('rated period %s from %s, taxed at %s in %s: its plan has no such rate there', p.id, p.starts_at, p.tax_rate, t.place) as detail
  from rated_period p
  join applied_tax t on t.id = p.tax_id and t.treatment = 'TAXED'
  join price_version v on v.id = p.price_version_id and v.plan_id is not null
 cross join (select zone from platform.tenant where slug = replace(substr(current_schema(), 3), '_', '-')) z
 where p.hours > 0
   and not exists (
     select
       from (values (p.starts_at), (p.starts_at - interval '1 hour')) i (at)
      cross join lateral (
        select r.percent / 100 as rate, r.parts
          from tax_rate r
         where r.place = t.place
           and r.withdrawn_at is null
           and r.from_day <= (i.at at time zone z.zone)::date
           and r.category in ('STANDARD', (select c.category
                                             from plan_tax c
                                            where c.plan_id = v.plan_id and c.from_at <= i.at
                                            order by c.from_at desc, c.id desc
                                            limit 1))
         order by r.category = 'STANDARD', r.from_day desc
         limit 1) k
      where k.rate = t.rate and k.parts = t.parts)
