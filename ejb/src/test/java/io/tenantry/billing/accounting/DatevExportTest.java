package io.tenantry.billing.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.accounting.DatevExport.Outcome;
import io.tenantry.billing.accounting.DatevSettings.Fault;
import io.tenantry.billing.accounting.DatevSettings.Field;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.charging.Charging;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three customers whose hours are fractions of a cent, charged across the end of a month in Berlin. */
class DatevExportTest {
    private static final Instant BEGIN = Instant.parse("2026-10-31T12:00:00Z");
    private static final int HOURS = 30;
    private static final AccountingPeriod OCTOBER =
            new AccountingPeriod(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 31));
    private static final AccountingPeriod NOVEMBER =
            new AccountingPeriod(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 30));
    private static final AccountingPeriod BOTH = new AccountingPeriod(OCTOBER.from(), NOVEMBER.to());
    private static final DatevSettings TERMS =
            new DatevSettings(1001, 7, DatevChart.SKR03, 1, 4, DatevChart.SKR03.accounts(4));

    private static BillingFixture billingFixture;
    private static BillingFixture dollars;
    private static AccountingQuery accounting;
    private static DatevExport datev;

    @BeforeAll
    static void fill() {
        billingFixture = new BillingFixture("datev", "EUR", "Europe/Berlin");
        dollars = new BillingFixture("datev-dollars", "USD", "America/New_York");
        billingFixture.clock.stopAt(BEGIN);
        for (var monthly : List.of("4.99", "7.77", "13.13")) {
            billingFixture.rent(billingFixture.wallet("10.005"), billingFixture.price(monthly), BEGIN);
        }
        for (var hour = 1; hour <= HOURS; hour++) {
            var until = BEGIN.plusSeconds(3600L * hour);
            billingFixture.clock.stopAt(until);
            billingFixture.in(() -> {
                billingFixture.charging.prepare();
                return billingFixture.charging.chargeWallets(
                        new Charging.Range(new UUID(0, 0), new UUID(-1, -1), 100), until, "run:" + until + ":1");
            });
        }
        var access = new Access(billingFixture.sql);
        var tenants = new TenantDirectory(Database.administration());
        accounting = new AccountingQuery(billingFixture.sql, access, billingFixture.clock, tenants);
        datev = new DatevExport(billingFixture.sql, access, trail(), billingFixture.clock, tenants);
        assertThat(billingFixture.in(() -> datev.change(TERMS))).isEmpty();
    }

    @Test
    void accountsMoveAsInTheTrialBalanceToTheCent() {
        for (var days : List.of(OCTOBER, NOVEMBER, BOTH)) {
            var moved = moved(lines(ready(days)));
            var balance =
                    billingFixture.in(() -> accounting.trialBalances(days)).get(0);
            var rest = BigDecimal.ZERO;
            for (var line : balance.lines()) {
                if (line.account() != AccountKind.ROUNDING) {
                    var expected = cents(line.closing().amount())
                            .subtract(cents(line.opening().amount()));
                    assertThat(moved.getOrDefault(number(line.account()), BigDecimal.ZERO))
                            .as("%s of %s", line.account(), days)
                            .isEqualByComparingTo(expected);
                    rest = rest.subtract(expected);
                }
            }
            assertThat(moved.getOrDefault(number(AccountKind.ROUNDING), BigDecimal.ZERO))
                    .isEqualByComparingTo(rest);
            assertThat(moved.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isZero();
        }
    }

    @Test
    void consecutiveMonthsAddUpToTheirPeriod() {
        var apart = new HashMap<>(moved(lines(ready(OCTOBER))));
        moved(lines(ready(NOVEMBER))).forEach((number, amount) -> apart.merge(number, amount, BigDecimal::add));
        apart.values().removeIf(amount -> amount.signum() == 0);
        var together = new HashMap<>(moved(lines(ready(BOTH))));
        together.values().removeIf(amount -> amount.signum() == 0);
        assertThat(apart).isEqualTo(together);
    }

    @Test
    void roundingOfAnAccountNeverExceedsHalfACent() {
        var balances = ready(BOTH).batch().balances();
        assertThat(balances)
                .anySatisfy(one -> assertThat(one.difference().signum()).isNotZero());
        var half = new BigDecimal("0.005");
        for (var balance : balances) {
            var most = balance.number().equals(number(AccountKind.ROUNDING))
                    ? half.multiply(BigDecimal.valueOf(balances.size() - 1L))
                    : half;
            assertThat(balance.difference().abs()).as(balance.number()).isLessThanOrEqualTo(most);
        }
    }

    @Test
    void isOnlyOfferedForLedgersInEuros() {
        assertThat(billingFixture.in(datev::isOffered)).isTrue();
        assertThat(dollars.in(datev::isOffered)).isFalse();
    }

    @Test
    void writesTheFormatDatevReads() {
        var file = ready(NOVEMBER);
        assertThat(file.name()).isEqualTo("EXTF_Buchungsstapel_2026-11-01_2026-11-30.csv");
        var text = new String(file.file(), DatevFile.CHARSET).split("\r\n", -1);
        var header = text[0].split(";", -1);
        assertThat(header).hasSize(31);
        assertThat(List.of(header).subList(0, 5)).containsExactly("\"EXTF\"", "700", "21", "\"Buchungsstapel\"", "13");
        assertThat(List.of(header).subList(10, 16))
                .containsExactly("1001", "7", "20260101", "4", "20261101", "20261130");
        assertThat(header[21]).isEqualTo("\"EUR\"");
        assertThat(header[26]).isEqualTo("\"03\"");
        var columns = text[1].split(";", -1);
        assertThat(columns).hasSize(125);
        assertThat(columns[6]).isEqualTo("Konto");
        assertThat(columns[8]).isEqualTo("BU-Schlüssel");
        assertThat(columns[113]).isEqualTo("Festschreibung");
        assertThat(columns[124]).isEqualTo("Abw. Skontokonto");
        var first = lines(file).get(0);
        assertThat(first).hasSize(125);
        assertThat(first[0]).matches("[0-9]+,[0-9]{2}");
        assertThat(first[1]).isEqualTo("\"S\"");
        assertThat(List.of(first[6], first[7])).containsExactly("1700", "8200");
        assertThat(first[9]).isEqualTo("0111");
        assertThat(first[10]).isEqualTo("\"20261101-RUN\"");
        assertThat(first[13]).isEqualTo("\"Stündliche Abrechnung\"");
        assertThat(lines(ready(OCTOBER))).allSatisfy(line -> assertThat(line[9]).isEqualTo("3110"));
    }

    @Test
    void reportsMissingSettingsAndWritesNoFile() {
        var billingFixture = new BillingFixture("datev-bare", "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(BEGIN);
        var bare = new DatevExport(
                billingFixture.sql,
                new Access(billingFixture.sql),
                trail(),
                billingFixture.clock,
                new TenantDirectory(Database.administration()));
        billingFixture.wallet("5");
        assertThat(billingFixture.in(() -> bare.export(OCTOBER)))
                .isEqualTo(new Outcome.Refused(List.of(Fault.of(Field.TERMS))));

        var some = new DatevSettings(1001, 7, DatevChart.SKR04, 11, 4, Map.of(AccountKind.CASH, "1800"));
        assertThat(billingFixture.in(() -> bare.change(some))).isEmpty();
        assertThat(billingFixture.in(bare::terms)).contains(some);
        assertThat(billingFixture.in(() -> bare.export(OCTOBER)))
                .isEqualTo(new Outcome.Refused(List.of(Fault.of(AccountKind.WALLET), Fault.of(AccountKind.ROUNDING))));
        assertThat(billingFixture.in(() -> bare.export(BOTH)))
                .isEqualTo(new Outcome.Refused(List.of(Fault.of(Field.DAYS))));

        var wrong = new DatevSettings(1000, 0, DatevChart.SKR04, 13, 5, Map.of(AccountKind.CASH, "1800"));
        assertThat(billingFixture.in(() -> bare.change(wrong)))
                .extracting(Fault::field)
                .containsExactly(Field.CONSULTANT, Field.CLIENT, Field.YEAR, Field.ACCOUNT);
        assertThat(billingFixture.in(bare::terms)).contains(some);
    }

    @Test
    void requiresDistinctAccountsForEntriesBetweenThem() {
        for (var pair : List.of(
                List.of(AccountKind.WALLET, AccountKind.REVENUE),
                List.of(AccountKind.WALLET, AccountKind.CASH),
                List.of(AccountKind.WALLET, AccountKind.ADJUSTMENT),
                List.of(AccountKind.WALLET, AccountKind.TAX),
                List.of(AccountKind.WALLET, AccountKind.WRITE_OFF),
                List.of(AccountKind.REVENUE, AccountKind.TAX),
                List.of(AccountKind.REVENUE, AccountKind.ROUNDING),
                List.of(AccountKind.CASH, AccountKind.ADJUSTMENT))) {
            var same = with(Map.of(pair.get(0), "8999", pair.get(1), "8999"));
            assertThat(billingFixture.in(() -> datev.change(same)))
                    .as("%s", pair)
                    .containsExactly(new Fault(Field.SHARED, Optional.of(pair.get(1)), Optional.of(pair.get(0))));
        }
        assertThat(billingFixture.in(datev::terms)).contains(TERMS);
        var expenses = with(
                Map.of(AccountKind.ADJUSTMENT, "4900", AccountKind.ROUNDING, "4900", AccountKind.WRITE_OFF, "4900"));
        assertThat(expenses.faults()).isEmpty();
        assertThat(with(Map.of(AccountKind.REVENUE, "8200", AccountKind.ADJUSTMENT, "8200"))
                        .faults())
                .isEmpty();
    }

    @Test
    void rejectsAccountZero() {
        var zero = with(Map.of(AccountKind.TAX, "0000"));
        assertThat(billingFixture.in(() -> datev.change(zero)))
                .containsExactly(new Fault(Field.ZERO, Optional.of(AccountKind.TAX), Optional.empty()));
        assertThat(with(Map.of(AccountKind.TAX, "0070")).faults()).isEmpty();
    }

    @Test
    void writesNoFileIfOlderSettingsWouldDropLines() {
        var old = new BillingFixture("datev-shared", "EUR", "Europe/Berlin");
        old.clock.stopAt(BEGIN);
        old.wallet("5");
        var shared = new DatevExport(
                old.sql, new Access(old.sql), trail(), old.clock, new TenantDirectory(Database.administration()));
        assertThat(old.in(() -> shared.change(TERMS))).isEmpty();
        old.in(() -> {
            var id = old.sql.one("""
                    insert into datev_settings (consultant, client, chart, year_begins, digits, recorded_at, recorded_by)
                    values (1001, 7, 'SKR03', 1, 4, ?, 'ann@example.org') returning id
                    """, row -> row.big("id"), BEGIN);
            TERMS.accounts()
                    .forEach((kind, number) -> old.sql.update(
                            "insert into datev_account (terms_id, kind, number) values (?, ?, ?)",
                            id,
                            kind.name(),
                            kind == AccountKind.WALLET ? number(AccountKind.CASH) : number));
            return id;
        });
        assertThat(old.in(() -> shared.export(OCTOBER)))
                .isEqualTo(new Outcome.Refused(List.of(
                        new Fault(Field.SHARED, Optional.of(AccountKind.CASH), Optional.of(AccountKind.WALLET)))));
    }

    private static DatevSettings with(Map<AccountKind, String> numbers) {
        var accounts = new HashMap<>(TERMS.accounts());
        accounts.putAll(numbers);
        return new DatevSettings(1001, 7, DatevChart.SKR03, 1, 4, accounts);
    }

    @Test
    void requiresPermission() {
        var stranger = new Actor(Actor.Kind.STAFF, UUID.randomUUID(), "ann@example.org");
        Database.run(billingFixture.tenant, () -> {
            try (var actorScope = Actors.enter(stranger)) {
                assertThatThrownBy(() -> datev.export(OCTOBER)).isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> datev.change(TERMS)).isInstanceOf(AccessDeniedException.class);
            }
        });
    }

    private static AuditTrail trail() {
        var trail = new AuditTrail();
        try {
            var field = AuditTrail.class.getDeclaredField("sql");
            field.setAccessible(true);
            field.set(trail, new Sql(Database.runtime()));
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
        return trail;
    }

    private static Outcome.Ready ready(AccountingPeriod days) {
        return (Outcome.Ready) billingFixture.in(() -> datev.export(days));
    }

    private static List<String[]> lines(Outcome.Ready ready) {
        var lines = new String(ready.file(), DatevFile.CHARSET).split("\r\n", -1);
        var found = new ArrayList<String[]>();
        for (var at = 2; at < lines.length - 1; at++) {
            found.add(lines[at].split(";", -1));
        }
        assertThat(found).isNotEmpty();
        return found;
    }

    /** Returns the effect of a file's lines on each account; positive is credit. */
    private static Map<String, BigDecimal> moved(List<String[]> lines) {
        var moved = new HashMap<String, BigDecimal>();
        for (var line : lines) {
            var amount = new BigDecimal(line[0].replace(',', '.'));
            assertThat(line[6]).isNotEqualTo(line[7]);
            moved.merge(line[6], amount.negate(), BigDecimal::add);
            moved.merge(line[7], amount, BigDecimal::add);
        }
        return moved;
    }

    private static String number(AccountKind kind) {
        return Objects.requireNonNull(TERMS.accounts().get(kind));
    }

    private static BigDecimal cents(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP);
    }
}
