--liquibase formatted sql

--changeset invoicing:check_invoice_corrects runOnChange:true splitStatements:false
-- At commit: a credit or debit note corrects an invoice of its wallet. No line is credited beyond its amount, nor with a tax treatment that it did
-- not have; lines have the right sign; debited amounts can be credited again; a line is charged again with one other tax treatment, for its amount
-- without tax. The invoice and all its corrections are rounded together, for net and for the tax of each treatment, and never come to less than zero.
--
-- Errors: check_violation: document % corrects none of its wallet
--         check_violation: line % of % corrects line %, which is of %: % credited
--         check_violation: document %: an invoice and its corrections state %, and are of %
--         check_violation: document %: an invoice and its corrections state % of tax, and are of %
--         check_violation: document %: the corrections exceed their invoice by %
-- Trigger: invoice_corrects on invoice
create or replace function check_invoice_corrects() returns trigger language plpgsql as $$
declare
    wrong record;
begin
    if not exists (select from invoice where id = new.corrects_id and kind = 'INVOICE' and wallet_id = new.wallet_id) then
        raise exception 'document % corrects none of its wallet', new.number_text using errcode = 'check_violation';
    end if;
    select l.position, l.corrects_position, o.amount, c.corrected into wrong
      from invoice_line l
      left join invoice_line o on o.invoice_id = new.corrects_id and o.position = l.corrects_position
     cross join lateral (
       -- remainder of the line for each tax treatment that it has or had
       select coalesce(sum(w.amount) filter (where w.tax_id is not distinct from l.tax_id), 0)
                - case when o.tax_id is not distinct from l.tax_id then o.amount else 0 end as corrected,
              coalesce(sum(w.amount) filter (where w.tax_id is not distinct from l.tax_id), 0) as remaining,
              count(*) filter (where w.amount <> 0) as ways,
              coalesce(bool_or(w.opened) filter (where w.tax_id is not distinct from l.tax_id), false) as opened
         from (select x.tax_id, sum(x.amount) as amount, bool_or(x.opens) as opened
                 from (select o.tax_id, o.amount, true as opens
                       union all
                       select e.tax_id, e.amount, e.kind = 'TAX_CORRECTED'
                         from invoice v
                         join invoice_line e on e.invoice_id = v.id and e.corrects_position = l.corrects_position
                        where v.corrects_id = new.corrects_id) x
                group by x.tax_id) w) c
     where l.invoice_id = new.id
       and (o.position is null
            or l.kind <> 'DEBITED' and new.kind = 'DEBIT_NOTE'
            or l.kind not in ('CREDITED', 'TAX_CORRECTED') and new.kind = 'CREDIT_NOTE'
            or l.kind = 'DEBITED' and (l.amount < 0 or o.amount < 0)
            or l.kind = 'CREDITED' and sign(l.amount) = sign(o.amount)
            or l.kind = 'TAX_CORRECTED' and (l.tax <> 0 or l.tax_id is null or l.tax_id is not distinct from o.tax_id or l.net <> -(
                 select coalesce(sum(e.net), 0)
                   from invoice_line e
                  where e.invoice_id = new.id and e.kind = 'CREDITED' and e.corrects_position = l.corrects_position))
            or not c.opened
            or c.ways > 1
            or c.remaining * sign(o.amount) < 0
            or l.tax_id is not distinct from o.tax_id and o.tax_included <> l.tax_included)
     limit 1;
    if found then
        raise exception 'line % of % corrects line %, which is of %: % credited', wrong.position, new.number_text,
            wrong.corrects_position, coalesce(wrong.amount::text, 'nothing'), wrong.corrected using errcode = 'check_violation';
    end if;
    select sum(v.net_rounded) as stated, round(sum(v.net), new.decimals) as exact, sum(v.total) as total into wrong
      from invoice v
     where v.id = new.corrects_id or v.corrects_id = new.corrects_id;
    if wrong.stated <> wrong.exact then
        raise exception 'document %: an invoice and its corrections state %, and are of %', new.number_text, wrong.stated, wrong.exact
            using errcode = 'check_violation';
    end if;
    if wrong.total < 0 then
        raise exception 'document %: the corrections exceed their invoice by %', new.number_text, -wrong.total using errcode = 'check_violation';
    end if;
    select x.stated, x.exact into wrong
      from (select sum(n.tax) as stated, round(sum(n.base) * t.rate, new.decimals) as exact
              from invoice v
              join invoice_tax n on n.invoice_id = v.id
              join applied_tax t on t.id = n.tax_id
             where v.id = new.corrects_id or v.corrects_id = new.corrects_id
             group by t.id, t.rate) x
     where x.stated <> x.exact
     limit 1;
    if found then
        raise exception 'document %: an invoice and its corrections state % of tax, and are of %', new.number_text, wrong.stated, wrong.exact
            using errcode = 'check_violation';
    end if;
    return null;
end $$;
