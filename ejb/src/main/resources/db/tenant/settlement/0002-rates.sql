--liquibase formatted sql

--changeset settlement:0014
--comment At which rates a month's revenue in further currencies is told in that of the books. It is the reseller's.
create table settled_rate (
    month date not null,
    currency char(3) not null,
    per_home numeric(20, 10) not null,
    day date not null,
    source text not null,
    constraint settled_rate_pk primary key (month, currency),
    constraint settled_rate_ck check (per_home > 0 and extract(day from month) = 1 and length(source) > 0)
);
comment on table settled_rate is 'append-only: how much of a currency one unit of the currency of the books was worth at the end of a month that was reckoned for its settlement';
comment on column settled_period.revenue is 'what it brought, without tax, in the currency of the books';
comment on column settled_item.revenue is 'what it brought, without tax, in the currency of the books';
create trigger settled_rate_immutable before update or delete or truncate on settled_rate
    for each statement execute function refuse_history_change();
--rollback drop table settled_rate;
