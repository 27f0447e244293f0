package io.tenantry.cloud.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.billing.wallet.WalletStatements;
import io.tenantry.cloud.provider.ProviderServer.State;
import io.tenantry.cloud.reconciliation.discrepancy.DiscrepancyHistory;
import io.tenantry.cloud.reconciliation.discrepancy.ResolutionOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Discrepancies found at a provider, their confirmation, and their handling. */
class ReconciliationHandlerTest {
    private static ReconciliationFixture reconciliationFixture;

    @BeforeAll
    static void open() {
        reconciliationFixture = new ReconciliationFixture("patrol");
    }

    @BeforeEach
    void clear() {
        reconciliationFixture.clear();
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(reconciliationFixture.billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(reconciliationFixture.billingFixture.tenant))
                .noneMatch(found -> found.invariant().equals("outage-credit"));
    }

    @Test
    void findsNothingWhenServersMatch() {
        reconciliationFixture.live("1", "1");
        reconciliationFixture.lookTwice();

        assertThat(reconciliationFixture.found()).isEmpty();
        assertThat(reconciliationFixture.status().servers()).isEqualTo(1);
        assertThat(reconciliationFixture.status().ours()).isEqualTo(1);
        assertThat(reconciliationFixture.status().completedAt()).isPresent();
    }

    @Test
    void scansAnAccountRepeatedlyWithOneWorkItem() {
        reconciliationFixture.live("1", "1");
        reconciliationFixture.inspect();
        reconciliationFixture.inspect();

        assertThat(reconciliationFixture.workQueueFixture.column(
                        reconciliationFixture.billingFixture.tenant, "kind || ' ' || key || ' ' || state"))
                .containsExactly("reconcile round:yard OPEN");
        assertThat(reconciliationFixture.workQueueFixture.column(
                        reconciliationFixture.billingFixture.tenant,
                        "(due_at > clock_timestamp() + interval '4 minutes')::text"))
                .containsExactly("true");
        assertThat(reconciliationFixture.billingFixture.in(reconciliationFixture.reconciliationSchedule::scanNow))
                .isEqualTo(1);
        assertThat(reconciliationFixture.workQueueFixture.column(
                        reconciliationFixture.billingFixture.tenant, "(due_at <= clock_timestamp())::text"))
                .containsExactly("true");
    }

    @Test
    void confirmsADiscrepancyOnlyAfterTenMinutes() {
        var service = reconciliationFixture.live("1", "1").service();
        reconciliationFixture.scriptedInventory.puts("2", service);
        reconciliationFixture.inspect();
        reconciliationFixture.pass(Duration.ofMinutes(5));
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.only().history().confirmedAt()).isEmpty();
        assertThat(reconciliationFixture.only().times()).isEqualTo(2);

        reconciliationFixture.pass(Duration.ofMinutes(5));
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.only().kind()).isEqualTo(DiscrepancyType.DUPLICATE);
        assertThat(reconciliationFixture.only().history().confirmedAt()).isPresent();
        assertThat(reconciliationFixture.scriptedInventory.has("2"))
                .as("nobody decided to delete it")
                .isTrue();
    }

    @Test
    void discardsADiscrepancySeenOnlyOnce() {
        var service = reconciliationFixture.live("1", "1").service();
        reconciliationFixture.scriptedInventory.puts("2", service);
        reconciliationFixture.inspect();
        reconciliationFixture.scriptedInventory.loses("2");
        reconciliationFixture.pass(Observations.STANDALONE);
        reconciliationFixture.inspect();

        assertThat(reconciliationFixture.found()).isEmpty();
    }

    @Test
    void deletesAConfirmedServerOfAnEndedService() {
        reconciliationFixture.end(reconciliationFixture.live("1", "1"));
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.scriptedInventory.has("1")).isTrue();

        reconciliationFixture.pass(Observations.STANDALONE);
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.scriptedInventory.asked()).containsExactly("DELETE 1");
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.only().history().resolution()).contains("DELETED");
    }

    @Test
    void doesNotDeleteADismissedServerUntilReopened() {
        reconciliationFixture.end(reconciliationFixture.live("1", "1"));
        reconciliationFixture.inspect();
        reconciliationFixture.pass(Observations.STANDALONE);
        reconciliationFixture.onlyLook();
        var discrepancy = reconciliationFixture.only().id();
        assertThat(reconciliationFixture.billingFixture.in(
                        () -> reconciliationFixture.actions.dismiss(discrepancy, "still needed")))
                .isEqualTo(ResolutionOutcome.DONE);
        reconciliationFixture.inspect();
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.scriptedInventory.has("1")).isTrue();
        assertThat(reconciliationFixture.only().history().state()).isEqualTo(DiscrepancyHistory.State.DISMISSED);

        assertThat(reconciliationFixture.billingFixture.in(() -> reconciliationFixture.actions.takeUp(discrepancy)))
                .isEqualTo(ResolutionOutcome.DONE);
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.scriptedInventory.has("1")).isFalse();
    }

    @Test
    void doesNotDeleteAServerWithAReusedId() {
        reconciliationFixture.end(reconciliationFixture.live("1", "1"));
        reconciliationFixture.inspect();
        reconciliationFixture.pass(Observations.STANDALONE);
        reconciliationFixture.onlyLook();
        reconciliationFixture.scriptedInventory.puts("1", Optional.empty());
        reconciliationFixture.inspect();

        assertThat(reconciliationFixture.scriptedInventory.asked()).isEmpty();
        assertThat(reconciliationFixture.scriptedInventory.has("1")).isTrue();
    }

    @Test
    void neverTouchesAnUntaggedServer() {
        reconciliationFixture.live("1", "1");
        reconciliationFixture.scriptedInventory.puts("9", Optional.empty());
        reconciliationFixture.lookTwice();
        reconciliationFixture.inspect();

        assertThat(reconciliationFixture.found()).isEmpty();
        assertThat(reconciliationFixture.foreign()).singleElement().satisfies(one -> {
            assertThat(one.upstreamId()).isEqualTo("9");
            assertThat(one.isToDecide()).isFalse();
        });
        assertThat(reconciliationFixture.scriptedInventory.asked()).isEmpty();
        var discrepancy = reconciliationFixture.foreign().get(0).id();
        assertThat(reconciliationFixture.billingFixture.in(() -> reconciliationFixture.actions.delete(discrepancy)))
                .isEqualTo(ResolutionOutcome.TOO_LATE);
    }

    @Test
    void leavesAnUnknownTagToStaff() {
        reconciliationFixture.live("1", "1");
        reconciliationFixture.scriptedInventory.puts("7", UUID.randomUUID());
        reconciliationFixture.lookTwice();
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.only().kind()).isEqualTo(DiscrepancyType.UNKNOWN_SERVER);
        assertThat(reconciliationFixture.scriptedInventory.asked()).isEmpty();

        var discrepancy = reconciliationFixture.only().id();
        assertThat(reconciliationFixture.billingFixture.in(() -> reconciliationFixture.actions.delete(discrepancy)))
                .isEqualTo(ResolutionOutcome.DONE);
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.scriptedInventory.asked()).containsExactly("DELETE 7");
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.only().history().resolution()).contains("DELETED");
    }

    @Test
    void ignoresAnIncompleteList() {
        reconciliationFixture.live("1", "1");
        reconciliationFixture.scriptedInventory.loses("1");
        reconciliationFixture.scriptedInventory.breaksOff(true);
        reconciliationFixture.lookTwice();

        assertThat(reconciliationFixture.found()).isEmpty();
        assertThat(reconciliationFixture.status().failure()).contains("NO_RESPONSE");
        assertThat(reconciliationFixture.status().completedAt()).isEmpty();
        assertThat(reconciliationFixture.workQueueFixture.column(
                        reconciliationFixture.billingFixture.tenant, "state || attempts"))
                .containsExactly("OPEN0");
    }

    @Test
    void doesNotResolveDiscrepanciesByAnIncompleteList() {
        var service = reconciliationFixture.live("1", "1").service();
        reconciliationFixture.scriptedInventory.puts("2", service);
        reconciliationFixture.lookTwice();
        reconciliationFixture.scriptedInventory.loses("2");
        reconciliationFixture.scriptedInventory.breaksOff(true);
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.only().history().state()).isEqualTo(DiscrepancyHistory.State.OPEN);

        reconciliationFixture.scriptedInventory.breaksOff(false);
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.only().history().state()).isEqualTo(DiscrepancyHistory.State.RESOLVED);
        assertThat(reconciliationFixture.status().failure()).isEmpty();
    }

    @Test
    void queriesAnUnlistedServerById() {
        reconciliationFixture.live("1", "1");
        reconciliationFixture.scriptedInventory.hides("1");
        reconciliationFixture.lookTwice();

        assertThat(reconciliationFixture.found()).isEmpty();
    }

    @Test
    void ignoresAServiceBeingCreated() {
        reconciliationFixture.live("1", "1");
        var fresh = reconciliationFixture.underway();
        reconciliationFixture.scriptedInventory.puts("2", fresh);
        reconciliationFixture.lookTwice();

        assertThat(reconciliationFixture.found()).isEmpty();
    }

    @Test
    void ignoresAServiceOrderedDuringTheScan() {
        reconciliationFixture.live("1", "1");
        for (var round = 0; round < 2; round++) {
            reconciliationFixture.scriptedInventory.whileReading(
                    () -> reconciliationFixture.live("1", UUID.randomUUID().toString()));
            reconciliationFixture.inspect();
            reconciliationFixture.pass(Observations.STANDALONE);
            assertThat(reconciliationFixture.found()).isEmpty();
        }
    }

    @Test
    void ignoresAServiceEndedDuringTheScan() {
        var rented = reconciliationFixture.live("1", "1");
        reconciliationFixture.scriptedInventory.whileReading(() -> reconciliationFixture.end(rented));
        reconciliationFixture.inspect();

        assertThat(reconciliationFixture.found()).isEmpty();
    }

    @Test
    void ignoresAServiceChangedDuringTheScan() {
        var service = reconciliationFixture.live("1", "1").service();
        reconciliationFixture.scriptedInventory.loses("1");
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.only().kind()).isEqualTo(DiscrepancyType.MISSING);

        reconciliationFixture.pass(Observations.STANDALONE);
        reconciliationFixture.scriptedInventory.whileReading(() -> reconciliationFixture.state(service, "SUSPENDED"));
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.only().times())
                .as("nothing was said of it")
                .isEqualTo(1);
    }

    @Test
    void countsTheScanOfOneOfTwoNodes() {
        var service = reconciliationFixture.live("1", "1").service();
        reconciliationFixture.scriptedInventory.puts("2", service);
        reconciliationFixture.scriptedInventory.whileReading(() -> {
            reconciliationFixture.workQueueFixture.expireLeases();
            reconciliationFixture.inspect();
        });
        reconciliationFixture.inspect();

        assertThat(reconciliationFixture.only().times()).isEqualTo(1);
    }

    @Test
    void adoptsAServerWithAnotherId() {
        var service = reconciliationFixture.live("1", "1").service();
        reconciliationFixture.scriptedInventory.loses("1");
        reconciliationFixture.scriptedInventory.puts("2", service);
        reconciliationFixture.lookTwice();
        assertThat(reconciliationFixture.only().kind()).isEqualTo(DiscrepancyType.ID_CHANGED);

        var discrepancy = reconciliationFixture.only().id();
        assertThat(reconciliationFixture.billingFixture.in(() -> reconciliationFixture.actions.adopt(discrepancy)))
                .isEqualTo(ResolutionOutcome.DONE);
        assertThat(reconciliationFixture.column(service, "provider_ref")).isEqualTo("2");
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.only().history().state()).isEqualTo(DiscrepancyHistory.State.RESOLVED);
        assertThat(reconciliationFixture.billingFixture.in(() -> reconciliationFixture.actions.adopt(discrepancy)))
                .isEqualTo(ResolutionOutcome.TOO_LATE);
    }

    @Test
    void correctsAnAddress() {
        var service = reconciliationFixture.live("1", "1").service();
        reconciliationFixture.scriptedInventory.turns(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.RUNNING, "small", "203.0.113.77"));
        reconciliationFixture.lookTwice();

        var discrepancy = reconciliationFixture.only().id();
        assertThat(reconciliationFixture.billingFixture.in(
                        () -> reconciliationFixture.actions.correctAddress(discrepancy)))
                .isEqualTo(ResolutionOutcome.DONE);
        assertThat(reconciliationFixture.column(service, "address")).isEqualTo("203.0.113.77");
        assertThat(reconciliationFixture.timeline(service)).containsExactly("readdressed");
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.found()).hasSize(1);
    }

    @Test
    void acceptsASizeUnlessTheServiceChangedMeanwhile() {
        var service = reconciliationFixture.live("1", "1").service();
        reconciliationFixture.scriptedInventory.turns(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.RUNNING, "huge", "203.0.113.1"));
        reconciliationFixture.lookTwice();
        var discrepancy = reconciliationFixture.only().id();
        reconciliationFixture.billingFixture.in(() -> reconciliationFixture.billingFixture.sql.update(
                "update service set provider_size = 'medium' where id = ?", service));
        assertThat(reconciliationFixture.billingFixture.in(() -> reconciliationFixture.actions.acceptSize(discrepancy)))
                .isEqualTo(ResolutionOutcome.TOO_LATE);

        reconciliationFixture.billingFixture.in(() -> reconciliationFixture.billingFixture.sql.update(
                "update service set provider_size = 'small' where id = ?", service));
        assertThat(reconciliationFixture.billingFixture.in(() -> reconciliationFixture.actions.acceptSize(discrepancy)))
                .isEqualTo(ResolutionOutcome.DONE);
        assertThat(reconciliationFixture.column(service, "provider_size")).isEqualTo("huge");
    }

    @Test
    void switchesOffARunningServerOfASuspendedService() {
        var service = reconciliationFixture.live("1", "1").service();
        reconciliationFixture.state(service, "SUSPENDED");
        reconciliationFixture.lookTwice();

        var discrepancy = reconciliationFixture.only().id();
        assertThat(reconciliationFixture.billingFixture.in(() -> reconciliationFixture.actions.switchBack(discrepancy)))
                .isEqualTo(ResolutionOutcome.DONE);
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.scriptedInventory.asked()).containsExactly("OFF 1");
        reconciliationFixture.scriptedInventory.turns(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.STOPPED, "small", "203.0.113.1"));
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.only().history().resolution()).contains("SWITCHED");
    }

    @Test
    void endsRescueWhenAServerIsSwitchedOnAgain() {
        var service = reconciliationFixture.live("1", "1").service();
        reconciliationFixture.billingFixture.in(() -> reconciliationFixture.billingFixture.sql.update(
                "update service set rescue = gen_random_uuid() where id = ?", service));
        reconciliationFixture.scriptedInventory.turns(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.SUSPENDED, "small", "203.0.113.1"));
        reconciliationFixture.lookTwice();

        var discrepancy = reconciliationFixture.only().id();
        assertThat(reconciliationFixture.billingFixture.in(() -> reconciliationFixture.actions.switchBack(discrepancy)))
                .isEqualTo(ResolutionOutcome.DONE);
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.scriptedInventory.asked()).containsExactly("ON 1");
        assertThat(reconciliationFixture.column(service, "(rescue is null)")).isEqualTo("false");
        reconciliationFixture.scriptedInventory.turns(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.RUNNING, "small", "203.0.113.1"));
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.only().history().resolution()).contains("SWITCHED");
        assertThat(reconciliationFixture.column(service, "(rescue is null)")).isEqualTo("true");
    }

    @Test
    void keepsRescueWhenTheProviderResumesTheServer() {
        var service = reconciliationFixture.live("1", "1").service();
        reconciliationFixture.billingFixture.in(() -> reconciliationFixture.billingFixture.sql.update(
                "update service set rescue = gen_random_uuid() where id = ?", service));
        reconciliationFixture.scriptedInventory.turns(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.SUSPENDED, "small", "203.0.113.1"));
        reconciliationFixture.lookTwice();
        reconciliationFixture.scriptedInventory.turns(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.RUNNING, "small", "203.0.113.1"));
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.only().history().resolution()).contains("GONE");
        assertThat(reconciliationFixture.column(service, "(rescue is null)")).isEqualTo("false");
    }

    @Test
    void aDismissedDiscrepancyReopensWhenItChanges() {
        reconciliationFixture.live("1", "1");
        reconciliationFixture.scriptedInventory.turns(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.RUNNING, "huge", "203.0.113.1"));
        reconciliationFixture.lookTwice();
        var discrepancy = reconciliationFixture.only().id();
        reconciliationFixture.billingFixture.in(() -> reconciliationFixture.actions.dismiss(discrepancy, "as agreed"));
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.only().history().state()).isEqualTo(DiscrepancyHistory.State.DISMISSED);

        reconciliationFixture.scriptedInventory.turns(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.RUNNING, "tiny", "203.0.113.1"));
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.found())
                .extracting(found -> found.history().state())
                .containsExactlyInAnyOrder(DiscrepancyHistory.State.RESOLVED, DiscrepancyHistory.State.OPEN);
    }

    @Test
    void creditsChargesWhileAServerIsMissing() {
        var rented = reconciliationFixture.live("1", "1");
        at("13:30");
        reconciliationFixture.scriptedInventory.loses("1");
        reconciliationFixture.inspect();
        at("13:40");
        reconciliationFixture.pass(Observations.STANDALONE);
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.only().kind()).isEqualTo(DiscrepancyType.MISSING);
        assertThat(balance(rented)).as("both hours began before it was missed").isEqualTo("0.98");

        at("15:10");
        assertThat(balance(rented)).isEqualTo("0.96");
        reconciliationFixture.inspect();
        reconciliationFixture.inspect();
        assertThat(balance(rented)).isEqualTo("0.98");
        assertThat(reconciliationFixture.only().givenBack())
                .isEqualTo(reconciliationFixture.billingFixture.money("0.02"));
        assertThat(reconciliationFixture.billingFixture.in(
                        () -> new WalletStatements(reconciliationFixture.billingFixture.sql)
                                .statement(rented.wallet(), Long.MAX_VALUE, 100)))
                .filteredOn(statementLine -> statementLine.source().startsWith("discrepancy:"))
                .isNotEmpty()
                .allSatisfy(statementLine -> assertThat(statementLine.about()).contains("web"));

        reconciliationFixture.scriptedInventory.puts("1", rented.service());
        at("16:20");
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.only().history().state()).isEqualTo(DiscrepancyHistory.State.RESOLVED);
        assertThat(balance(rented)).as("it was seen again in that hour").isEqualTo("0.97");
        assertThat(reconciliationFixture.timeline(rented.service())).containsExactly("missing", "found");
    }

    @Test
    void creditsALateChargeAlthoughTheServerIsBack() {
        var rented = reconciliationFixture.live("1", "1");
        reconciliationFixture.scriptedInventory.loses("1");
        reconciliationFixture.inspect();
        reconciliationFixture.billingFixture.clock.stopAt(ReconciliationFixture.NOON.plus(Duration.ofMinutes(70)));
        reconciliationFixture.pass(Observations.STANDALONE);
        reconciliationFixture.inspect();
        reconciliationFixture.scriptedInventory.puts("1", rented.service());
        reconciliationFixture.billingFixture.clock.stopAt(ReconciliationFixture.NOON.plus(Duration.ofMinutes(80)));
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.only().givenBack())
                .isEqualTo(reconciliationFixture.billingFixture.money("0.01"));

        at("13:30");
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.only().givenBack())
                .isEqualTo(reconciliationFixture.billingFixture.money("0.02"));
        assertThat(balance(rented)).isEqualTo("1.00");
    }

    @Test
    void doesNotCreditADismissedDiscrepancy() {
        var rented = reconciliationFixture.live("1", "1");
        reconciliationFixture.scriptedInventory.loses("1");
        reconciliationFixture.lookTwice();
        var discrepancy = reconciliationFixture.only().id();
        reconciliationFixture.billingFixture.in(
                () -> reconciliationFixture.actions.dismiss(discrepancy, "moved by hand"));
        at("15:10");
        reconciliationFixture.inspect();

        assertThat(reconciliationFixture.only().givenBack()).isEqualTo(reconciliationFixture.billingFixture.money("0"));
        assertThat(balance(rented)).isEqualTo("0.96");
    }

    @Test
    void creditsOnlyManuallyWhenMoreThanHalfIsMissing() {
        var first = reconciliationFixture.live("1", "1");
        reconciliationFixture.live("1", "2");
        reconciliationFixture.live("1", "3");
        reconciliationFixture.scriptedInventory.clear();
        reconciliationFixture.lookTwice();
        at("14:30");
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.status().isDoubtful()).isTrue();
        assertThat(balance(first)).isEqualTo("0.97");

        var discrepancy = reconciliationFixture.found().stream()
                .filter(one -> one.upstreamId().equals("1"))
                .findFirst()
                .orElseThrow();
        assertThat(reconciliationFixture.billingFixture.in(
                        () -> reconciliationFixture.actions.giveBack(discrepancy.id())))
                .contains(reconciliationFixture.billingFixture.money("0.03"));
        assertThat(reconciliationFixture.billingFixture.in(
                        () -> reconciliationFixture.actions.giveBack(discrepancy.id())))
                .isEmpty();
        assertThat(balance(first)).isEqualTo("1.00");
    }

    @Test
    void stopsScanningAnUnusedAccount() {
        var rented = reconciliationFixture.live("1", "1");
        reconciliationFixture.scriptedInventory.puts("2", rented.service());
        reconciliationFixture.lookTwice();
        reconciliationFixture.billingFixture.in(() -> reconciliationFixture.billingFixture.sql.update(
                "update service set account = null, provider_ref = null where id = ?", rented.service()));
        reconciliationFixture.inspect();

        assertThat(reconciliationFixture.only().history().state()).isEqualTo(DiscrepancyHistory.State.RESOLVED);
        assertThat(reconciliationFixture.workQueueFixture.column(reconciliationFixture.billingFixture.tenant, "state"))
                .containsExactly("DONE");
    }

    /** Sets the clock, and charges all hours until then. */
    private static void at(String time) {
        var instant = Instant.parse("2026-11-10T" + time + ":00Z");
        reconciliationFixture.billingFixture.clock.stopAt(instant);
        reconciliationFixture.billingFixture.charge(instant);
    }

    private static String balance(Rented rented) {
        return reconciliationFixture
                .billingFixture
                .balance(rented.wallet())
                .amount()
                .setScale(2)
                .toPlainString();
    }
}
