package io.tenantry.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** The tenant's resulting books, read by plain SQL. */
final class Books {
    private static final String FLAVOURS = """
            select p.name, count(distinct s.id) servers, coalesce(sum(r.hours), 0) hours, coalesce(sum(r.amount), 0) amount
              from service s
              join plan p on p.id = s.plan_id
              left join rated_period r on r.service_id = s.id
             group by p.name, p.vcpus, p.memory_mib
             order by p.vcpus, p.memory_mib, p.name
            """;
    private static final String REVENUE = """
            select coalesce(sum(p.amount), 0)
              from posting p
              join ledger_account a on a.id = p.account_id and a.kind = 'REVENUE'
              join journal_entry e on e.id = p.entry_id and e.kind = 'CHARGE'
            """;
    private static final String UNBALANCED = """
            select count(*)
              from (select e.id
                      from journal_entry e
                      left join posting p on p.entry_id = e.id
                     group by e.id, p.currency
                    having count(p.entry_id) < 2 or sum(p.amount) <> 0) wrong
            """;
    private static final String WALLETS_OFF = """
            select count(*)
              from wallet w
              left join (select account_id, sum(amount) amount, count(*) legs from posting group by account_id) p
                on p.account_id = w.id
             where w.balance <> coalesce(p.amount, 0)
                or w.version <> coalesce(p.legs, 0)
            """;

    private static final String MISSHAPEN = """
            select (select count(*)
                      from invoice v
                     where v.net is distinct from (select sum(l.amount) from invoice_line l where l.invoice_id = v.id))
                 + (select count(*)
                      from invoice_number_sequence s
                     where s.next_number - 1 is distinct from
                           (select count(distinct v.number) from invoice v where v.series_id = s.id))
            """;

    private final DataSource superuser;
    private final String schema;

    Books(DataSource superuser, String schema) {
        this.superuser = superuser;
        this.schema = schema;
    }

    /** A server size. */
    record Flavour(long servers, long hours, String amount) {}

    /**
     * All totals.
     *
     * @param jobHours hours charged by the hourly job; the others were charged as servers started and ended
     * @param hotUpdates percentage of updates to rated periods and wallets that needed no index entry
     */
    record Figures(
            long servers,
            long runs,
            long chargedHours,
            long jobHours,
            String total,
            Map<String, Flavour> flavours,
            boolean ledgerBalanced,
            boolean walletsMatch,
            String hotUpdates) {}

    Figures read() throws SQLException {
        try (var connection = superuser.getConnection()) {
            try (var statement = connection.createStatement()) {
                statement.execute("set search_path to " + schema);
            }
            var unbalanced = number(connection, UNBALANCED);
            var walletsOff = number(connection, WALLETS_OFF);
            return new Figures(
                    number(connection, "select count(*) from service"),
                    number(connection, "select count(*) from work.charging_run where state = 'DONE'"),
                    number(connection, "select coalesce(sum(hours), 0) from rated_period"),
                    number(connection, "select coalesce(sum(hours), 0) from work.charging_slice"),
                    money(value(connection, REVENUE)),
                    flavours(connection),
                    unbalanced == 0,
                    walletsOff == 0,
                    hotUpdates(connection));
        }
    }

    /** Returns the totals of the issued documents. */
    Invoiced invoiced(double seconds, double cpuSeconds) throws SQLException {
        try (var connection = superuser.getConnection()) {
            try (var statement = connection.createStatement()) {
                statement.execute("set search_path to " + schema);
            }
            return new Invoiced(
                    number(connection, "select count(*) from invoice"),
                    number(connection, "select count(*) from invoice_line"),
                    money(value(connection, "select coalesce(sum(amount), 0) from invoice_line")),
                    number(connection, MISSHAPEN) == 0,
                    seconds,
                    cpuSeconds);
        }
    }

    private static Map<String, Flavour> flavours(Connection connection) throws SQLException {
        var all = new TreeMap<String, Flavour>();
        try (var statement = connection.createStatement();
                var results = statement.executeQuery(FLAVOURS)) {
            while (results.next()) {
                all.put(results.getString(1), flavour(results));
            }
        }
        return all;
    }

    private static Flavour flavour(ResultSet results) throws SQLException {
        return new Flavour(results.getLong(2), results.getLong(3), money(results.getBigDecimal(4)));
    }

    private String hotUpdates(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select string_agg(relname || ' ' || n_tup_hot_upd || '/' || n_tup_upd, ', ' order by relname)
                  from pg_stat_user_tables
                 where schemaname = ? and relname in ('rated_period', 'wallet')
                """)) {
            statement.setString(1, schema);
            try (var results = statement.executeQuery()) {
                results.next();
                return results.getString(1);
            }
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        return value(connection, sql).longValueExact();
    }

    private static BigDecimal value(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var results = statement.executeQuery(sql)) {
            results.next();
            return results.getBigDecimal(1);
        }
    }

    private static String money(BigDecimal amount) {
        return amount.setScale(8, RoundingMode.UNNECESSARY).toPlainString();
    }
}
