package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.RunningServer;
import java.sql.SQLException;

/** The previous month of a brand that was created today. */
record LastMonth(String slug) {
    /** An amount taken from the customer's wallet for the reseller, in the middle of the previous month. */
    private static final String TAKEN = """
            with entry as (
              insert into journal_entry (kind, source, idempotency_key, effective_at, posted_at, actor, reason)
              select 'DEBIT', 'setup:story', 'setup:story', t.began - interval '10 days', now(), 'story', 'Moving in'
                from (%1$s) t
              returning id
            ),
            moved as (
              update wallet set balance = balance - 10, version = version + 1
               where organization_id = '%2$s'
              returning id, currency, balance
            )
            insert into posting (entry_id, account_id, currency, amount, balance_after)
            select e.id, m.id, m.currency, -10, m.balance from entry e cross join moved m
            union all
            select e.id, a.id, a.currency, 10, null
              from entry e
             cross join moved m
              join ledger_account a on a.kind = 'REVENUE' and a.currency = m.currency
            """;

    /** Backdates the brand, which was created today, by a month. */
    private static final String RUN = """
            insert into work.invoicing_run (tenant, tenant_role, month, period_to, due_at)
            select '%2$s', 'tn_' || replace('%2$s', '-', '_'), (t.named - interval '1 month')::date, t.began, t.began
              from (%1$s) t
            on conflict on constraint invoicing_run_month_uq do nothing
            """;

    private static final String MONTH = """
            select m.named, m.named at time zone m.zone as began
              from (select z.zone, date_trunc('month', now() at time zone z.zone) as named
                      from platform.tenant z where z.slug = '%s') m
            """;

    static LastMonth of(String slug) {
        return new LastMonth(slug);
    }

    /** Makes a document due for that month, by an amount taken from that customer in it. */
    void isToBeBilled(String organization) {
        var month = MONTH.formatted(slug);
        try (var connection = RunningServer.get().database().superuser().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local search_path to t_" + slug.replace('-', '_'));
            assertThat(statement.executeUpdate(TAKEN.formatted(month, organization)))
                    .isEqualTo(2);
            assertThat(statement.executeUpdate(RUN.formatted(month, slug))).isEqualTo(1);
            connection.commit();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
