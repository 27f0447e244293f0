package io.tenantry.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.admin.auditor.Violation;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fee of a step is charged with it: once, in its transaction, and without tax. */
class LateFeesTest {
    private static DunningFixture dunningFixture;

    @BeforeAll
    static void open() {
        dunningFixture = new DunningFixture("late-fees");
        var billingFixture = dunningFixture.renting.billingFixture;
        billingFixture.clock.stopAt(DunningFixture.NOON);
        billingFixture.in(() -> billingFixture.ledger.account(
                AccountKind.TAX, billingFixture.money("0").currency()));
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into tax_registration (country, number, scheme, from_at, recorded_at, recorded_by)
                values ('DE', 'DE999999995', 'DOMESTIC', '2026-01-01', now(), 'test')
                """));
    }

    @BeforeEach
    void clear() {
        dunningFixture.renting.workQueueFixture.clear();
    }

    @AfterEach
    void assertLedgerIsConsistent() {
        assertThat(dunningFixture.renting.billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(
                        dunningFixture.renting.billingFixture.tenant,
                        "late-fees",
                        "tax-treatments",
                        "tax-account",
                        "wallet-balance",
                        "running-balance",
                        "entry-balances",
                        "wallet-balance-status"))
                .isEmpty();
    }

    private static void publish(Optional<BigDecimal> percent, String most) {
        var fee = new LateFee(percent, dunningFixture.renting.billingFixture.money(most));
        var steps = DunningPolicyTest.policy("R1 R3 F3 S3").steps().stream()
                .map(dunningStep -> dunningStep.nth() == 2 || dunningStep.act() == DunningAction.FINAL_NOTICE
                        ? dunningStep.withFee(fee)
                        : dunningStep)
                .toList();
        assertThat(dunningFixture.renting.billingFixture.<DunningPolicies.Outcome>in(
                        () -> dunningFixture.dunningPolicies.publish(
                                dunningFixture.dunningCases.inForce().number(), new DunningPolicy(steps, true))))
                .isEqualTo(DunningPolicies.Outcome.DONE);
    }

    private static List<String> fees(UUID wallet) {
        return dunningFixture.texts("select s.action || s.nth || ' ' || trim_scale(s.fee) from %s.dunning_case e"
                + " join %s.dunning_step s on s.case_id = e.id where e.wallet_id = '" + wallet
                + "' order by s.taken_at, s.id");
    }

    @Test
    void chargesTheFeeOfAStepOnceAndStatesItInTheMail() {
        publish(Optional.empty(), "2.50");
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.advanceDays(5);
        assertThat(fees(wallet)).containsExactly("REMIND1 0", "REMIND2 2.5");
        var before = dunningFixture.renting.billingFixture.balance(wallet);
        dunningFixture.runDunning();
        dunningFixture.runDunning();
        assertThat(dunningFixture.renting.billingFixture.balance(wallet)).isEqualTo(before);
        assertThat(dunningFixture.texts("select a.kind || ' ' || trim_scale(p.amount) from %s.posting p"
                        + " join %s.ledger_account a on a.id = p.account_id"
                        + " join %s.journal_entry e on e.id = p.entry_id"
                        + " join %s.dunning_step s on s.fee_entry_id = e.id and e.source = 'late-fee:' || s.id"
                        + " join %s.dunning_case d on d.id = s.case_id and d.wallet_id = '" + wallet
                        + "' order by 1"))
                .containsExactly("REVENUE 2.5", "WALLET -2.5");
        assertThat(dunningFixture.texts("select t.treatment || ' ' || trim_scale(x.tax) from %s.entry_tax x"
                        + " join %s.applied_tax t on t.id = x.tax_id"
                        + " join %s.posting p on p.entry_id = x.entry_id and p.account_id = '" + wallet + "'"))
                .containsExactly("COMPENSATION 0");
        assertThat(dunningFixture.texts("select m.template || ' ' || coalesce(m.variables ->> 'fee', '') from %s.mail m"
                        + " join %s.person p on p.email = m.recipient join %s.membership b on b.person_id = p.id"
                        + " join %s.wallet w on w.organization_id = b.organization_id where w.id = '" + wallet
                        + "' and m.template = 'DEBT_REMINDER' order by m.created_at, m.id"))
                .containsExactly("DEBT_REMINDER ", "DEBT_REMINDER €2.50");
        dunningFixture.payAll(wallet);
        assertThat(dunningFixture.renting.billingFixture.in(() ->
                        dunningFixture.dunningCases.of(wallet).orElseThrow().episodeId()))
                .as("the payment includes the fee")
                .isEmpty();
    }

    @Test
    void excludesEarlierFeesFromPercentageFees() {
        publish(Optional.of(new BigDecimal("10")), "100");
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.advanceDays(8);
        var taken = dunningFixture.texts(
                "select s.action || ' ' || trim_scale(s.fee) || ' ' || (s.fee = round((s.shortfall - coalesce("
                        + "(select sum(b.fee) from %s.dunning_step b where b.case_id = s.case_id and b.taken_at < s.taken_at), 0))"
                        + " * 0.1, 2)) from %s.dunning_step s join %s.dunning_case e on e.id = s.case_id"
                        + " where s.fee > 0 and e.wallet_id = '" + wallet + "' order by s.taken_at");
        assertThat(taken).hasSize(2).allMatch(line -> line.endsWith(" true") && !line.contains(" 0 "));
    }

    @Test
    void auditorFindsUnchargedAndWrongFees() {
        publish(Optional.empty(), "1");
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.advanceDays(5);
        var own = " where case_id in (select id from dunning_case where wallet_id = '" + wallet + "') and fee > 0";
        for (var damage : List.of(
                "update dunning_step set fee = 2" + own,
                "update dunning_step set fee = 0, fee_entry_id = null" + own,
                "update journal_entry set source = 'late-fee:x' where id in (select fee_entry_id from dunning_step"
                        + own + ")")) {
            assertThat(AuditorFixture.inTheLedgerAfter(dunningFixture.renting.billingFixture.tenant, damage))
                    .as(damage)
                    .extracting(Violation::invariant)
                    .contains("late-fees");
        }
    }
}
