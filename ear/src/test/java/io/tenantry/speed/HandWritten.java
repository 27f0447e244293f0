package io.tenantry.speed;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * A hand-written hourly charge: over one connection, a thousand wallets in a transaction, two statements for each thousand. It writes the same
 * rows into tables of the same shape (one more hour on each period, a posting and the new balance for each wallet, an entry and its balancing
 * posting for each thousand) and omits everything else that the job does: month ends, thresholds, leases, runs, tenants.
 */
final class HandWritten implements Side, AutoCloseable {
    private static final int WALLETS = 1_000;

    private static final String NEXT = """
            select max(id::text)::uuid last
              from (select id from wallet where id > ? order by id limit ? for no key update) w
            """;

    private static final String CHARGE = """
            with extended as (
              update rated_period p
                 set hours = p.hours + 1,
                     charged_until = p.charged_until + interval '1 hour',
                     amount = least(p.cap, p.surcharge + (p.hours + 1) * p.hourly)
               where p.wallet_id > ?
                 and p.wallet_id <= ?
                 and p.open
                 and p.charged_until < ?
              returning p.wallet_id, p.hourly
            ),
            sums as (
              select wallet_id, sum(hourly) charged from extended group by wallet_id
            ),
            moved as (
              update wallet w
                 set balance = w.balance - s.charged,
                     version = w.version + 1
                from sums s
               where w.id = s.wallet_id
              returning w.id, w.currency, w.balance, s.charged
            ),
            entry as (
              insert into journal_entry (kind, source, idempotency_key, effective_at, posted_at, actor)
              values ('CHARGE', 'by hand', ?, ?, now(), 'by hand')
              returning id
            )
            insert into posting (entry_id, account_id, currency, amount, balance_after)
            select e.id, m.id, m.currency, -m.charged, m.balance from entry e, moved m
            union all
            select e.id, a.id, a.currency, t.charged, null
              from entry e, ledger_account a, (select sum(charged) charged from moved) t
             where a.kind = 'REVENUE'
            """;

    private final Connection connection;
    private final PreparedStatement next;
    private final PreparedStatement charge;
    private double cpuSeconds;

    HandWritten(DataSource source, String schema) throws SQLException {
        connection = source.getConnection();
        connection.setAutoCommit(false);
        connection.setSchema(schema);
        next = connection.prepareStatement(NEXT);
        charge = connection.prepareStatement(CHARGE);
    }

    @Override
    public String name() {
        return "by hand";
    }

    @Override
    public void charge(Instant until) {
        var threads = ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadCpuTime();
        try {
            var after = new UUID(0, 0);
            for (var last = next(after); last != null; last = next(after)) {
                charge.setObject(1, after);
                charge.setObject(2, last);
                charge.setObject(3, until.atOffset(ZoneOffset.UTC));
                charge.setString(4, until + ":" + last);
                charge.setObject(5, until.atOffset(ZoneOffset.UTC));
                charge.executeUpdate();
                connection.commit();
                after = last;
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        cpuSeconds += (threads.getCurrentThreadCpuTime() - before) / 1e9;
    }

    private @org.jspecify.annotations.Nullable UUID next(UUID after) throws SQLException {
        next.setObject(1, after);
        next.setInt(2, WALLETS);
        try (var rows = next.executeQuery()) {
            rows.next();
            return rows.getObject(1, UUID.class);
        }
    }

    @Override
    public double clientCpuSeconds() {
        return cpuSeconds;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
