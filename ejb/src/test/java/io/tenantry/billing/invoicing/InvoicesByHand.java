package io.tenantry.billing.invoicing;

import io.tenantry.testing.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * A minimal hand-written implementation that issues a month's documents: over one connection, two statements for each batch of wallets, in a
 * transaction.
 * It writes the same rows into tables of the same shape, with the same triggers (a document, its lines, its number, its rounding entries) and
 * omits everything else: tax, non-hourly charges, waiting wallets, addresses, payments, the audit trail, leases, runs, tenants.
 */
final class InvoicesByHand implements AutoCloseable {
    private static final String NEXT = """
            select max(id::text)::uuid as last
              from (select id from wallet where id > ? order by id limit ? for no key update) w
            """;

    private static final String ISSUE = """
            with due as (
              select p.id, p.wallet_id, p.service_id, s.name, n.name as plan, p.starts_at, p.charged_until, p.hours, p.hourly, p.surcharge,
                     p.amount
                from rated_period p
                join service s on s.id = p.service_id
                join plan n on n.id = s.plan_id
               where p.wallet_id > ? and p.wallet_id <= ? and not p.open and p.month_ends_at = ?
            ),
            sums as (
              select wallet_id, sum(amount) as net, row_number() over (order by wallet_id) as nth from due group by wallet_id
            ),
            taken as (
              update invoice_number_sequence s
                 set next_number = s.next_number + c.documents
                from (select count(*) as documents from sums) c
               where s.id = ?
              returning s.id as series_id, s.next_number - c.documents as first_number, s.prefix, s.digits, s.suffix
            ),
            document as materialized (
              select gen_random_uuid() as id, u.wallet_id, u.net, t.first_number + u.nth - 1 as number, t.series_id,
                     t.prefix, t.digits, t.suffix
                from sums u
               cross join taken t
            ),
            written as (
              insert into invoice (id, kind, series_id, number, number_text, state, organization_id, wallet_id, currency, decimals,
                                   period_from, period_to, seller_id, buyer_name, buyer_email, buyer_country, net, tax,
                                   through_period, issued_at, issued_by, prepaid, open_amount, paid_at, due_on)
              select d.id, 'INVOICE', d.series_id, d.number, d.prefix || lpad(d.number::text, d.digits, '0') || d.suffix,
                     case when w.balance >= 0 then 'PAID' else 'FINAL' end, w.organization_id, w.id, w.currency, 2,
                     i.period_from, i.period_to, seller.id, o.name, o.billing_email, o.country, d.net, 0,
                     (select max(r.id) from rated_period r where r.wallet_id = w.id and r.open), i.now, 'by hand',
                     case when w.balance >= 0 then round(d.net, 2) else 0 end,
                     case when w.balance >= 0 then 0 else round(d.net, 2) end,
                     case when w.balance >= 0 then i.now end,
                     case when w.balance < 0 then (i.now at time zone 'UTC')::date + 14 end
                from document d
                join wallet w on w.id = d.wallet_id
                join organization o on o.id = w.organization_id
               cross join (select max(id) as id from invoice_seller) seller
               cross join (select ?::timestamptz as period_from, ?::timestamptz as period_to, ?::timestamptz as now) i
              returning wallet_id, rounding
            ),
            line as (
              insert into invoice_line (invoice_id, position, kind, subject_id, name, what, from_at, to_at, quantity, unit, unit_price,
                                        surcharge, amount, rated_period_id)
              select d.id, row_number() over (partition by u.wallet_id order by u.name, u.id), 'SERVICE', u.service_id, u.name, u.plan,
                     u.starts_at, u.charged_until, u.hours, 'HOUR', u.hourly, u.surcharge, u.amount, u.id
                from due u
                join document d on d.wallet_id = u.wallet_id
            ),
            moved as (
              update wallet w
                 set balance = w.balance - x.rounding, version = w.version + 1
                from written x
               where w.id = x.wallet_id and x.rounding <> 0
              returning w.id, w.currency, w.balance, x.rounding
            ),
            entry as (
              insert into journal_entry (kind, source, idempotency_key, effective_at, posted_at, actor, reason)
              values ('DEBIT', 'invoice-rounding', ?, ?, ?, 'by hand', 'rounding of documents')
              returning id
            )
            insert into posting (entry_id, account_id, currency, amount, balance_after)
            select e.id, m.id, m.currency, -m.rounding, m.balance from entry e cross join moved m
            union all
            select e.id, a.id, a.currency, t.rounding, null
              from entry e
             cross join (select sum(m.rounding) as rounding from moved m) t
              join ledger_account a on a.kind = 'ROUNDING'
             where t.rounding <> 0
            """;

    private final Invoicing.Month month;
    private final Instant now;
    private final Connection connection;
    private final PreparedStatement next;
    private final PreparedStatement issue;
    private UUID after = new UUID(0, 0);

    InvoicesByHand(String schema, Invoicing.Month month, Instant now) throws SQLException {
        this.month = month;
        this.now = now;
        connection = Database.administration().getConnection();
        connection.setAutoCommit(false);
        connection.setSchema(schema);
        next = connection.prepareStatement(NEXT);
        issue = connection.prepareStatement(ISSUE);
    }

    /** Issues this number of batches of this number of wallets. */
    void issue(int batches, int wallets) throws SQLException {
        for (var batch = 0; batch < batches; batch++) {
            next.setObject(1, after);
            next.setInt(2, wallets);
            UUID last;
            try (var rows = next.executeQuery()) {
                rows.next();
                last = rows.getObject(1, UUID.class);
            }
            issue.setObject(1, after);
            issue.setObject(2, last);
            issue.setObject(3, at(month.period().to()));
            issue.setObject(4, month.seriesId());
            issue.setObject(5, at(month.period().from()));
            issue.setObject(6, at(month.period().to()));
            issue.setObject(7, at(now));
            issue.setString(8, "by-hand:" + last);
            issue.setObject(9, at(now));
            issue.setObject(10, at(now));
            issue.executeUpdate();
            connection.commit();
            after = last;
        }
    }

    private static Object at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    @Override
    public void close() throws SQLException {
        next.close();
        issue.close();
        connection.close();
    }
}
