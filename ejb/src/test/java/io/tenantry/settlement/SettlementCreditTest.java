package io.tenantry.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.invoicing.CorrectionFault;
import io.tenantry.billing.invoicing.CorrectionFault.Kind;
import io.tenantry.billing.invoicing.InvoiceSeller;
import io.tenantry.billing.invoicing.PostalAddress;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.settlement.FeeTerms.Tier;
import io.tenantry.settlement.SettlementCredits.Outcome;
import io.tenantry.settlement.SettlementQuery.SettlementSummary;
import io.tenantry.settlement.SettlementTaxes.TaxCollection;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Wrong settlements are credited: line by line, with tax, once, and never more than was charged. */
@Tag("full")
class SettlementCreditTest {
    private static final Instant RENTED = Instant.parse("2026-10-10T12:20:00Z");
    private static final Instant OCTOBER_ENDED = Instant.parse("2026-10-31T23:00:00Z");
    private static final Instant NOVEMBER_ENDED = Instant.parse("2026-11-30T23:00:00Z");
    private static final Instant IN_NOVEMBER = Instant.parse("2026-11-05T00:00:00Z");
    private static final Instant IN_DECEMBER = Instant.parse("2026-12-05T00:00:00Z");
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
    private static final int HOURS = 1;
    private static final int PERCENT = 2;
    private static int resellers;

    private final List<SettlementFixture> opened = new ArrayList<>();
    private SettlementFixture settlementFixture;

    /** Settles October with 2.575 of hours and 1.265 of fees: 2.58 and 1.27, plus 0.73 tax. */
    @BeforeEach
    void settleOctober() {
        settlementFixture = reseller();
        setTaxCollection(TaxCollection.HOME);
        settlementFixture.settle(IN_NOVEMBER);
    }

    private SettlementFixture reseller() {
        var made = new SettlementFixture("credited-" + ++resellers, "EUR", "Europe/Berlin");
        opened.add(made);
        made.billingFixture.clock.stopAt(RENTED);
        var none = made.billingFixture.money("0");
        made.terms(
                "2026-01",
                new FeeTerms(
                        none.currency(),
                        List.of(new Tier(none, new BigDecimal("10"))),
                        made.billingFixture.money("0.25"),
                        made.billingFixture.money("0.50"),
                        none));
        made.rent(made.price("7.30", "3.65"), RENTED);
        made.billingFixture.charge(OCTOBER_ENDED);
        return made;
    }

    private void setTaxCollection(TaxCollection taxCollection) {
        var invoiceSeller = new InvoiceSeller(
                new PostalAddress("Plattform GmbH", "Am Speicher 4", "20457", "Hamburg", "DE"),
                "DE123456788",
                "",
                "",
                "settlement@platform.example",
                "",
                "",
                "",
                "",
                "");
        assertThat(settlementFixture.platform(
                        () -> settlementFixture.sellerSettings().sell(invoiceSeller, taxCollection)))
                .isNotInstanceOf(PlatformSellerSettings.Outcome.Invalid.class);
    }

    @AfterEach
    void ledgersAreConsistent() {
        setTaxCollection(TaxCollection.NONE);
        assertThat(AuditorFixture.inTheLedgerAfter(null))
                .noneMatch(found -> found.invariant().startsWith("settle")
                        || found.invariant().equals("reseller-privileges"));
        for (var one : opened) {
            assertThat(one.faults()).isEmpty();
            assertThat(one.billingFixture.faults()).isEmpty();
            assertThat(one.runs.forget(one.billingFixture.tenant)).isLessThanOrEqualTo(1);
        }
    }

    private UUID octoberSettlement() {
        return summaries(OCTOBER).get(0).id();
    }

    private List<SettlementSummary> summaries(YearMonth month) {
        return settlementFixture.billingFixture.in(
                () -> settlementFixture.ledger().months(settlementFixture.billingFixture.tenant, month, month));
    }

    private SettlementQuery.SettlementDocument document(UUID id) {
        return settlementFixture.billingFixture.in(
                () -> settlementFixture.ledger().document(id));
    }

    private Outcome credit(UUID id, Map<Integer, String> amounts, String reason) {
        return credit(id, octoberSettlement(), amounts, reason);
    }

    private Outcome credit(UUID id, UUID settlement, Map<Integer, String> amounts, String reason) {
        var outcome = credit(id, settlement, amounts, reason, Optional.empty());
        return outcome instanceof Outcome.Unconfirmed unconfirmed
                ? credit(id, settlement, amounts, reason, Optional.of(unconfirmed.total()))
                : outcome;
    }

    private Outcome credit(
            UUID id, UUID settlement, Map<Integer, String> amounts, String reason, Optional<Money> confirmed) {
        return settlementFixture.platform(() -> settlementFixture
                .credits()
                .issue(
                        id,
                        settlement,
                        amounts.entrySet().stream()
                                .collect(java.util.stream.Collectors.toMap(
                                        Map.Entry::getKey, one -> new BigDecimal(one.getValue()))),
                        reason,
                        confirmed));
    }

    /** Returns the entries of a credit note: {@code kind amount}. */
    private static List<String> postings(UUID credit) {
        return Database.texts("""
                select l.kind || ' ' || p.amount::float8
                  from platform.posting p
                  join platform.journal_entry e on e.id = p.entry_id
                  join platform.ledger_account l on l.id = p.account_id
                 where e.idempotency_key = 'settlement-credit:${id}'
                """.replace("${id}", credit.toString()));
    }

    private Money money(String amount) {
        return settlementFixture.billingFixture.money(amount);
    }

    @Test
    void creditsPartsOfLinesWithTaxOnceInANumberedDocument() {
        settlementFixture.billingFixture.clock.stopAt(IN_DECEMBER);
        var id = UUID.randomUUID();
        var before = document(octoberSettlement());
        assertThat(credit(id, Map.of(HOURS, "1.2875", PERCENT, "0.515"), " An outage\non 11 October "))
                .isEqualTo(new Outcome.Issued(id));
        assertThat(credit(id, Map.of(PERCENT, "0.515", HOURS, "1.28750000"), "An outage on 11 October"))
                .isEqualTo(new Outcome.Issued(id));
        var already = new Outcome.AlreadyRequested(money("2.15"));
        assertThat(credit(id, Map.of(HOURS, "1.2875", PERCENT, "0.515"), "another reason"))
                .isEqualTo(already);
        assertThat(credit(id, Map.of(HOURS, "1.2875"), "An outage on 11 October"))
                .isEqualTo(already);
        assertThat(credit(id, Map.of(HOURS, "1.2876", PERCENT, "0.515"), "An outage on 11 October"))
                .isEqualTo(already);

        var note = document(id);
        assertThat(note.head().isCredit()).isTrue();
        assertThat(note.head().number()).matches("SC-2026-[0-9]{6}");
        assertThat(note.head().reason()).isEqualTo("An outage on 11 October");
        assertThat(note.head().corrects().orElseThrow().number())
                .isEqualTo(before.head().number());
        assertThat(note.lines()).extracting(line -> line.amount()).containsExactly(money("-1.2875"), money("-0.515"));
        assertThat(note.invoice()).isEqualTo(before.invoice());
        // 1.29 and 0.52, plus 19 %
        assertThat(note.head().total()).isEqualTo(money("-1.81"));
        assertThat(note.head().payable()).isEqualTo(money("-2.15"));
        assertThat(postings(id))
                .containsExactlyInAnyOrder("REVENUE -1.8025", "ROUNDING -0.0075", "TAX -0.34", "WALLET 2.15");
        assertThat(settlementFixture.balance()).isEqualTo(money("-2.43"));
        assertThat(document(octoberSettlement()).credits())
                .extracting(SettlementSummary::id)
                .containsExactly(id);
        assertThat(document(octoberSettlement()).head().open()).isEqualTo(money("2.43"));
        assertThat(Database.texts(
                        "select facts ->> 'reason' from platform.audit_record where action = 'settlement.credited'"
                                + " and subject_id = '" + octoberSettlement() + "'"))
                .containsExactly("An outage on 11 October");
    }

    /** October's report stays the same; December, in which it was credited, shows the credit. */
    @Test
    void reportsACreditInTheMonthOfItsIssue() {
        settlementFixture.billingFixture.charge(NOVEMBER_ENDED);
        settlementFixture.settle(IN_DECEMBER);
        var october = summaries(OCTOBER);
        var id = UUID.randomUUID();
        assertThat(credit(id, Map.of(HOURS, "0.001", PERCENT, "0.505"), "agreed"))
                .isInstanceOf(Outcome.Issued.class);

        assertThat(summaries(OCTOBER))
                .extracting(SettlementSummary::margin)
                .isEqualTo(List.of(october.get(0).margin()));
        var december = summaries(YearMonth.of(2026, 12));
        assertThat(december).singleElement().satisfies(settlementSummary -> {
            assertThat(settlementSummary.id()).isEqualTo(id);
            assertThat(settlementSummary.wholesale()).isEqualTo(money("0"));
            assertThat(settlementSummary.fees()).isEqualTo(money("-0.51"));
            assertThat(settlementSummary.margin()).isEqualTo(money("0.51"));
        });
        var all = settlementFixture.platform(() -> settlementFixture
                .ledger()
                .months(settlementFixture.billingFixture.tenant, OCTOBER, YearMonth.of(2026, 12)));
        assertThat(all).hasSize(3);
        Function<Function<SettlementSummary, Money>, Money> sum =
                part -> all.stream().map(part).reduce(money("0"), Money::plus);
        assertThat(sum.apply(SettlementSummary::revenue)
                        .minus(sum.apply(SettlementSummary::wholesale))
                        .minus(sum.apply(SettlementSummary::fees)))
                .isEqualTo(sum.apply(SettlementSummary::margin));
    }

    /** However a settlement is partitioned, the credits of all parts total the settlement, to the cent and including tax. */
    @Test
    void partialCreditsTotalTheSettlementExactly() {
        var seed = 31L;
        var random = new Random(seed);
        var settled = document(octoberSettlement());
        var back = money("0");
        for (var line : settled.lines()) {
            var left = line.amount().amount();
            while (left.signum() > 0) {
                var part = BigDecimal.valueOf(1 + random.nextInt(60_000_000), 8).min(left);
                var id = UUID.randomUUID();
                var outcome = credit(id, Map.of(line.position(), part.toPlainString()), "part of it");
                if (outcome instanceof Outcome.Issued) {
                    back = back.plus(document(id).head().payable());
                    left = left.subtract(part);
                } else {
                    assertThat(outcome)
                            .as("seed %s: %s", seed, part)
                            .isEqualTo(invalid(Kind.TOO_SMALL, line.position()));
                    var rest = left;
                    var whole = UUID.randomUUID();
                    if (credit(whole, Map.of(line.position(), rest.toPlainString()), "all of it")
                            instanceof Outcome.Issued) {
                        back = back.plus(document(whole).head().payable());
                    }
                    left = BigDecimal.ZERO;
                }
            }
        }
        assertThat(back).as("seed %s", seed).isEqualTo(settled.head().payable().negated());
        assertThat(document(octoberSettlement()).head().isGivenBack()).isTrue();
        assertThat(settlementFixture.balance()).isEqualTo(money("0"));
        assertThat(document(octoberSettlement()).head().state()).isEqualTo("PAID");
    }

    private static Outcome invalid(Kind kind, Integer... positions) {
        return new Outcome.Invalid(List.of(CorrectionFault.of(kind, Set.of(positions))));
    }

    /** Two amounts of half a cent are rounded up together with the tax, to more than both of them. */
    @Test
    void statesATotalOtherThanTheAmountsBeforeItIsIssued() {
        var id = UUID.randomUUID();
        var halves = Map.of(HOURS, "0.005", PERCENT, "0.005");
        var settlement = octoberSettlement();
        var before = settlementFixture.balance();

        var outcome = credit(id, settlement, halves, "why", Optional.empty());

        // 0.01 and 0.01, without tax below half a cent; typed were two amounts of 0.00595.
        assertThat(outcome).isEqualTo(new Outcome.Issued(id));
        assertThat(document(id).head().payable()).isEqualTo(money("-0.02"));
        var second = UUID.randomUUID();
        assertThat(credit(second, settlement, halves, "again", Optional.empty()))
                .as("nothing is rounded up this time")
                .isEqualTo(invalid(Kind.TOO_SMALL, HOURS, PERCENT));
        var cents = Map.of(HOURS, "0.01", PERCENT, "0.05");
        var third = UUID.randomUUID();
        var stated = credit(third, settlement, cents, "cents", Optional.empty());
        assertThat(stated).isInstanceOf(Outcome.Unconfirmed.class);
        assertThat(credit(third, settlement, cents, "cents", Optional.of(money("0.06"))))
                .as("another total")
                .isEqualTo(stated);
        assertThat(settlementFixture.balance()).isEqualTo(before.plus(money("0.02")));
        assertThat(credit(third, settlement, cents, "cents")).isEqualTo(new Outcome.Issued(third));
        assertThat(document(third).head().payable().negated()).isEqualTo(((Outcome.Unconfirmed) stated).total());
    }

    @Test
    void rejectsInvalidCreditsWithoutChanges() {
        var id = UUID.randomUUID();
        assertThat(credit(id, Map.of(HOURS, "9", 99, "1"), " "))
                .as("all faults together")
                .isEqualTo(new Outcome.Invalid(
                        List.of(CorrectionFault.of(Kind.REASON), CorrectionFault.of(Kind.AMOUNT, Set.of(HOURS, 99)))));
        assertThat(credit(id, Map.of(HOURS, "1"), " \n ")).isEqualTo(invalid(Kind.REASON));
        assertThat(credit(id, Map.of(HOURS, "1"), "x".repeat(201))).isEqualTo(invalid(Kind.REASON));
        assertThat(credit(id, Map.of(), "why")).isEqualTo(invalid(Kind.NOTHING));
        assertThat(credit(id, Map.of(HOURS, "0"), "why")).isEqualTo(invalid(Kind.NOTHING));
        assertThat(credit(id, Map.of(HOURS, "0.001"), "why"))
                .as("less than a cent")
                .isEqualTo(invalid(Kind.TOO_SMALL, HOURS));
        assertThat(credit(id, Map.of(HOURS, "2.57500001", PERCENT, "-0.1", 3, "0.000000001", 99, "1", 4, "0.5"), "why"))
                .isEqualTo(invalid(Kind.AMOUNT, HOURS, PERCENT, 3, 99));
        assertThatThrownBy(() -> credit(id, UUID.randomUUID(), Map.of(HOURS, "1"), "why"))
                .isInstanceOf(NotFoundException.class);
        assertThat(credit(id, Map.of(HOURS, "1"), "why")).isInstanceOf(Outcome.Issued.class);
        assertThatThrownBy(() -> credit(UUID.randomUUID(), id, Map.of(HOURS, "1"), "of a credit note"))
                .isInstanceOf(NotFoundException.class);
        assertThat(credit(UUID.randomUUID(), Map.of(HOURS, "1.576"), "more than is left"))
                .isEqualTo(invalid(Kind.AMOUNT, HOURS));
        var settlement = octoberSettlement();
        assertThat(settlementFixture
                        .platform(() -> settlementFixture.credits().offer(settlement))
                        .lines()
                        .get(0)
                        .left())
                .isEqualTo(money("1.575"));
        var nobody = new Actor(Actor.Kind.OPERATOR, UUID.randomUUID(), "nobody");
        try (var actorScope = Actors.enter(nobody)) {
            assertThatThrownBy(() -> Database.in(
                            Scope.PLATFORM, () -> settlementFixture.credits().offer(settlement)))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> Database.in(
                            Scope.PLATFORM,
                            () -> settlementFixture
                                    .credits()
                                    .issue(UUID.randomUUID(), settlement, Map.of(HOURS, BigDecimal.ONE), "x")))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }

    @Test
    void issuesConcurrentCreditsOnlyUpToTheRemainder() throws Exception {
        var settlement = octoberSettlement();
        var clerks = Executors.newFixedThreadPool(6);
        try {
            // Three of them are the same form, submitted three times.
            var twice = UUID.randomUUID();
            List<Callable<Outcome>> all = new ArrayList<>();
            for (var i = 0; i < 6; i++) {
                var id = i < 3 ? twice : UUID.randomUUID();
                all.add(() -> credit(id, settlement, Map.of(HOURS, "1.25"), "at once"));
            }
            var issued = 0;
            for (var done : clerks.invokeAll(all)) {
                issued += done.get() instanceof Outcome.Issued ? 1 : 0;
            }
            assertThat(issued).isBetween(2, 4);
        } finally {
            clerks.shutdown();
            assertThat(clerks.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(document(settlement).credits()).hasSize(2);
        assertThat(Database.texts(
                        "select year || ': ' || count(*) || ' of ' || max(number) from platform.settlement_credit"
                                + " group by year having count(*) <> max(number)"))
                .isEmpty();
    }

    @Test
    void creditsPayOpenSettlementsAndKeepPaidOnes() {
        settlementFixture.billingFixture.charge(NOVEMBER_ENDED);
        settlementFixture.settle(IN_DECEMBER);
        assertThat(settlementFixture.pay(UUID.randomUUID().toString(), "4.58")).isTrue();
        assertThat(summaries(OCTOBER).get(0).state()).isEqualTo("PAID");
        var november = summaries(NOVEMBER).get(0);
        // October is credited in full: that pays 4.58 of November's 5.28 and a fraction.
        var lines = document(octoberSettlement()).lines();
        var amounts = new java.util.TreeMap<Integer, String>();
        lines.forEach(
                line -> amounts.put(line.position(), line.amount().amount().toPlainString()));
        assertThat(credit(UUID.randomUUID(), amounts, "all of it")).isInstanceOf(Outcome.Issued.class);
        assertThat(summaries(OCTOBER).get(0).state()).isEqualTo("PAID");
        assertThat(summaries(NOVEMBER).get(0).state()).isEqualTo("OPEN");
        var rest = november.payable().minus(money("4.58"));
        assertThat(settlementFixture.balance()).isEqualTo(rest.negated());
        assertThat(settlementFixture.pay(
                        UUID.randomUUID().toString(), rest.amount().toPlainString()))
                .isTrue();
        assertThat(summaries(NOVEMBER))
                .allMatch(settlementSummary -> settlementSummary.state().equals("PAID"));
    }

    @Test
    void resellersReadOnlyTheirOwnCreditsAndCannotChangeThem() {
        var other = reseller();
        other.settle(IN_NOVEMBER);
        var id = UUID.randomUUID();
        assertThat(credit(id, Map.of(HOURS, "1"), "why")).isInstanceOf(Outcome.Issued.class);
        assertThatThrownBy(() -> other.billingFixture.in(() -> other.ledger().document(id)))
                .isInstanceOf(NotFoundException.class);
        assertThat(other.billingFixture.in(() -> other.ledger().months(other.billingFixture.tenant, OCTOBER, NOVEMBER)))
                .noneMatch(SettlementSummary::isCredit);
        for (var refused : List.of(
                "select 1 from platform.settlement_credit_file",
                "select 1 from platform.settlement_credit_series",
                "select issued_by from platform.settlement_credit",
                "update platform.settlement_credit set reason = 'x'",
                "delete from platform.settlement_credit_line")) {
            assertThatThrownBy(() -> other.billingFixture.in(() -> other.billingFixture.sql.update(refused)))
                    .as(refused)
                    .hasStackTraceContaining("permission denied");
        }
        for (var refused : List.of(
                "update platform.settlement_credit set reason = 'x'",
                "delete from platform.settlement_credit",
                "update platform.settlement_credit_line set amount = 0.1",
                "truncate platform.settlement_credit_file",
                "update platform.settlement_credit_series set next_number = next_number + 1",
                "update platform.settlement_credit_series set next_number = 1",
                "insert into platform.settlement_credit_line select credit_id, settlement_id, account_id, 2, 0.1"
                        + " from platform.settlement_credit_line limit 1")) {
            assertThatThrownBy(() -> Database.asOwner(refused)).as(refused).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void auditorFindsInjectedErrors() {
        var id = UUID.randomUUID();
        assertThat(credit(id, Map.of(HOURS, "1"), "why")).isInstanceOf(Outcome.Issued.class);
        var own = " where id = '" + id + "'";
        for (var damage : List.of(
                "update settlement_credit set wholesale = 2" + own,
                "update settlement_credit set tax_percent = 7" + own,
                "update settlement_credit_line set amount = 3 where credit_id = '" + id + "'",
                "update settlement_credit_series set next_number = next_number + 1",
                "update journal_entry set idempotency_key = 'x' where idempotency_key = 'settlement-credit:" + id + "'",
                "update settlement set state = 'PAID', paid_at = now() where id = '" + octoberSettlement() + "'")) {
            assertThat(AuditorFixture.inTheLedgerAfter(null, damage))
                    .as(damage)
                    .isNotEmpty()
                    .allMatch(found -> found.invariant().equals("settlement-ledger"));
        }
    }
}
