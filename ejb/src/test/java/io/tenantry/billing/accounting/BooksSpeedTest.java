package io.tenantry.billing.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.BuildLog;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The cost of a trial balance compared with a plain sum of all postings by account, measured as CPU time of the PostgreSQL backend process,
 * without parallel workers.
 *
 * <p>{@code -Dtenantry.books.entries=1000000} sets the number of entries, with two postings each, of a year.
 */
@Tag("full")
class BooksSpeedTest {
    private static final int ENTRIES = Integer.getInteger("tenantry.books.entries", 20_000);
    private static final int WALLETS = 1_000;
    private static final int PAIRS = 5;

    /** Repetitions per turn, so that a turn is long enough to be measured. */
    private static final int TIMES = Math.max(1, 200_000 / ENTRIES);

    private static final double RATIO_ATMOST = 8;
    private static final ListQuery JUNE =
            ListQuery.of(1).with(AccountingPeriod.FROM, "2026-06-01").with(AccountingPeriod.TO, "2026-06-30");
    private static final ListQuery YEAR =
            ListQuery.of(1).with(AccountingPeriod.FROM, "2026-01-01").with(AccountingPeriod.TO, "2026-12-31");
    private static final String MANUAL = "select account_id, sum(amount) as amount from posting group by account_id";

    private static final String FILL = """
            set local search_path = ${schema};
            alter table journal_entry disable trigger user;
            alter table posting disable trigger user;
            insert into ledger_account (id, kind, currency, opened_at)
            select md5('w' || n)::uuid, 'WALLET', 'EUR', '2026-01-01' from generate_series(0, ${wallets} - 1) n;
            insert into ledger_account (id, kind, currency, opened_at) values (md5('r')::uuid, 'REVENUE', 'EUR', '2026-01-01')
            on conflict do nothing;
            insert into journal_entry (id, kind, source, idempotency_key, effective_at, posted_at, actor)
            overriding system value
            select n, 'CHARGE', 'run:' || n, 'run:' || n, at, at, 'hourly-charging'
              from generate_series(1, ${entries}) n
             cross join lateral (select '2026-01-01T12:00:00Z'::timestamptz + n * interval '360 days' / ${entries} as at) t;
            insert into posting (entry_id, account_id, currency, amount, balance_after)
            select n, md5('w' || n % ${wallets})::uuid, 'EUR', -0.01, 100 from generate_series(1, ${entries}) n
            union all
            select n, r.id, 'EUR', 0.01, null
              from generate_series(1, ${entries}) n
             cross join (select id from ledger_account where kind = 'REVENUE' and currency = 'EUR') r;
            alter table posting enable trigger user;
            alter table journal_entry enable trigger user;
            analyze posting, journal_entry, ledger_account;
            """;

    private static final String EMPTY = """
            set local search_path = ${schema};
            alter table journal_entry disable trigger user;
            alter table posting disable trigger user;
            alter table ledger_account disable trigger user;
            delete from posting;
            delete from journal_entry;
            delete from ledger_account where kind = 'WALLET';
            alter table ledger_account enable trigger user;
            alter table posting enable trigger user;
            alter table journal_entry enable trigger user;
            """;

    private static BillingFixture billingFixture;
    private static AccountingQuery accounting;

    @BeforeAll
    static void fill() {
        billingFixture = new BillingFixture("many-entries", "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(Instant.parse("2027-01-01T00:00:00Z"));
        accounting = new AccountingQuery(
                billingFixture.sql,
                new Access(billingFixture.sql),
                billingFixture.clock,
                new TenantDirectory(Database.administration()));
        owner(FILL);
    }

    @AfterAll
    static void empty() {
        owner(EMPTY);
    }

    private static void owner(String script) {
        Database.asOwner("begin;"
                + script.replace("${schema}", billingFixture.tenant.schema())
                        .replace("${wallets}", String.valueOf(WALLETS))
                        .replace("${entries}", String.valueOf(ENTRIES))
                + "commit;");
    }

    @Test
    void trialBalanceOfManyEntriesCostsLittleMoreThanASum() {
        var found = billingFixture.in(() -> accounting.trialBalances(accounting.days(YEAR)));
        assertThat(found).hasSize(1);
        assertThat(found.get(0).isBalanced()).isTrue();
        assertThat(found.get(0).lines().stream()
                        .filter(line -> line.account() == AccountKind.REVENUE)
                        .map(line -> line.closing().amount()))
                .singleElement()
                .satisfies(revenue -> assertThat(revenue)
                        .isEqualByComparingTo(new BigDecimal("0.01").multiply(BigDecimal.valueOf(ENTRIES))));

        var ratio = billingFixture.in(BooksSpeedTest::ratio);
        assertThat(ratio).isLessThan(RATIO_ATMOST);
    }

    /** Measures both in turns, A B B A; returns the median of the pairs. */
    private static double ratio() {
        billingFixture.sql.update("set local max_parallel_workers_per_gather = 0");
        var pid = billingFixture.sql.one("select pg_backend_pid() as pid", row -> row.whole("pid"));
        Supplier<?> balance = () -> accounting.trialBalances(accounting.days(JUNE));
        Supplier<?> byHand = () -> billingFixture.sql.query(MANUAL, row -> row.decimal("amount"));
        var unusedWarmUp = cpuSeconds(pid, balance) + cpuSeconds(pid, byHand);
        var ratios = new ArrayList<Double>();
        var balances = new ArrayList<Double>();
        for (var pair = 0; pair < PAIRS; pair++) {
            var isFirst = pair % 2 == 0;
            var one = cpuSeconds(pid, isFirst ? balance : byHand);
            var other = cpuSeconds(pid, isFirst ? byHand : balance);
            balances.add((isFirst ? one : other) / TIMES);
            ratios.add(isFirst ? one / other : other / one);
        }
        var ratio = median(ratios);
        BuildLog.note(String.format(
                Locale.ROOT,
                "books: a trial balance of %,d entries costs %.2f times a plain sum of them (%.2f to %.2f), %.3f s of CPU",
                ENTRIES,
                ratio,
                ratios.stream().min(Double::compare).orElseThrow(),
                ratios.stream().max(Double::compare).orElseThrow(),
                median(balances)));
        return ratio;
    }

    private static double cpuSeconds(long pid, Supplier<?> work) {
        var before = cpu(pid);
        for (var time = 0; time < TIMES; time++) {
            assertThat(work.get()).isNotNull();
        }
        return cpu(pid).minus(before).toMillis() / 1000.0;
    }

    private static Duration cpu(long pid) {
        return ProcessHandle.of(pid).orElseThrow().info().totalCpuDuration().orElseThrow();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
