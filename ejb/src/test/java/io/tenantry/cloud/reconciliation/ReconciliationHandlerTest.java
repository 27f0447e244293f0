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
        assertThat(AuditorFixture.found(reconciliationFixture.billingFixture.tenant, "outage-credit"))
                .isEmpty();
    }

    @Test
    void findsNothingWhenServersMatch() {
        reconciliationFixture.createServer("1", "1");
        reconciliationFixture.scanTwice();

        assertThat(reconciliationFixture.discrepancies()).isEmpty();
        assertThat(reconciliationFixture.status().servers()).isEqualTo(1);
        assertThat(reconciliationFixture.status().ours()).isEqualTo(1);
        assertThat(reconciliationFixture.status().completedAt()).isPresent();
    }

    @Test
    void scansAnAccountRepeatedlyWithOneWorkItem() {
        reconciliationFixture.createServer("1", "1");
        reconciliationFixture.scan();
        reconciliationFixture.scan();

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
        var service = reconciliationFixture.createServer("1", "1").service();
        reconciliationFixture.scriptedInventory.addServer("2", service);
        reconciliationFixture.scan();
        reconciliationFixture.advance(Duration.ofMinutes(5));
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.onlyDiscrepancy().history().confirmedAt())
                .isEmpty();
        assertThat(reconciliationFixture.onlyDiscrepancy().times()).isEqualTo(2);

        reconciliationFixture.advance(Duration.ofMinutes(5));
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.onlyDiscrepancy().kind()).isEqualTo(DiscrepancyType.DUPLICATE);
        assertThat(reconciliationFixture.onlyDiscrepancy().history().confirmedAt())
                .isPresent();
        assertThat(reconciliationFixture.scriptedInventory.hasServer("2"))
                .as("deletion was not decided")
                .isTrue();
    }

    @Test
    void discardsADiscrepancySeenOnlyOnce() {
        var service = reconciliationFixture.createServer("1", "1").service();
        reconciliationFixture.scriptedInventory.addServer("2", service);
        reconciliationFixture.scan();
        reconciliationFixture.scriptedInventory.removeServer("2");
        reconciliationFixture.advance(Observations.STANDALONE);
        reconciliationFixture.scan();

        assertThat(reconciliationFixture.discrepancies()).isEmpty();
    }

    @Test
    void deletesAConfirmedServerOfAnEndedService() {
        reconciliationFixture.terminate(reconciliationFixture.createServer("1", "1"));
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.scriptedInventory.hasServer("1")).isTrue();

        reconciliationFixture.advance(Observations.STANDALONE);
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.scriptedInventory.requests()).containsExactly("DELETE 1");
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.onlyDiscrepancy().history().resolution())
                .contains("DELETED");
    }

    @Test
    void doesNotDeleteADismissedServerUntilReopened() {
        reconciliationFixture.terminate(reconciliationFixture.createServer("1", "1"));
        reconciliationFixture.scan();
        reconciliationFixture.advance(Observations.STANDALONE);
        reconciliationFixture.scanWithoutRepairs();
        var discrepancy = reconciliationFixture.onlyDiscrepancy().id();
        assertThat(reconciliationFixture.billingFixture.in(
                        () -> reconciliationFixture.actions.dismiss(discrepancy, "still needed")))
                .isEqualTo(ResolutionOutcome.DONE);
        reconciliationFixture.scan();
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.scriptedInventory.hasServer("1")).isTrue();
        assertThat(reconciliationFixture.onlyDiscrepancy().history().state())
                .isEqualTo(DiscrepancyHistory.State.DISMISSED);

        assertThat(reconciliationFixture.billingFixture.in(() -> reconciliationFixture.actions.takeUp(discrepancy)))
                .isEqualTo(ResolutionOutcome.DONE);
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.scriptedInventory.hasServer("1")).isFalse();
    }

    @Test
    void doesNotDeleteAServerWithAReusedId() {
        reconciliationFixture.terminate(reconciliationFixture.createServer("1", "1"));
        reconciliationFixture.scan();
        reconciliationFixture.advance(Observations.STANDALONE);
        reconciliationFixture.scanWithoutRepairs();
        reconciliationFixture.scriptedInventory.addServer("1", Optional.empty());
        reconciliationFixture.scan();

        assertThat(reconciliationFixture.scriptedInventory.requests()).isEmpty();
        assertThat(reconciliationFixture.scriptedInventory.hasServer("1")).isTrue();
    }

    @Test
    void neverTouchesAnUntaggedServer() {
        reconciliationFixture.createServer("1", "1");
        reconciliationFixture.scriptedInventory.addServer("9", Optional.empty());
        reconciliationFixture.scanTwice();
        reconciliationFixture.scan();

        assertThat(reconciliationFixture.discrepancies()).isEmpty();
        assertThat(reconciliationFixture.unmanagedServers()).singleElement().satisfies(one -> {
            assertThat(one.upstreamId()).isEqualTo("9");
            assertThat(one.isToDecide()).isFalse();
        });
        assertThat(reconciliationFixture.scriptedInventory.requests()).isEmpty();
        var discrepancy = reconciliationFixture.unmanagedServers().get(0).id();
        assertThat(reconciliationFixture.billingFixture.in(() -> reconciliationFixture.actions.delete(discrepancy)))
                .isEqualTo(ResolutionOutcome.TOO_LATE);
    }

    @Test
    void leavesAnUnknownTagToStaff() {
        reconciliationFixture.createServer("1", "1");
        reconciliationFixture.scriptedInventory.addServer("7", UUID.randomUUID());
        reconciliationFixture.scanTwice();
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.onlyDiscrepancy().kind()).isEqualTo(DiscrepancyType.UNKNOWN_SERVER);
        assertThat(reconciliationFixture.scriptedInventory.requests()).isEmpty();

        var discrepancy = reconciliationFixture.onlyDiscrepancy().id();
        assertThat(reconciliationFixture.billingFixture.in(() -> reconciliationFixture.actions.delete(discrepancy)))
                .isEqualTo(ResolutionOutcome.DONE);
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.scriptedInventory.requests()).containsExactly("DELETE 7");
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.onlyDiscrepancy().history().resolution())
                .contains("DELETED");
    }

    @Test
    void ignoresAnIncompleteList() {
        reconciliationFixture.createServer("1", "1");
        reconciliationFixture.scriptedInventory.removeServer("1");
        reconciliationFixture.scriptedInventory.setIncomplete(true);
        reconciliationFixture.scanTwice();

        assertThat(reconciliationFixture.discrepancies()).isEmpty();
        assertThat(reconciliationFixture.status().failure()).contains("NO_RESPONSE");
        assertThat(reconciliationFixture.status().completedAt()).isEmpty();
        assertThat(reconciliationFixture.workQueueFixture.column(
                        reconciliationFixture.billingFixture.tenant, "state || attempts"))
                .containsExactly("OPEN0");
    }

    @Test
    void doesNotResolveDiscrepanciesByAnIncompleteList() {
        var service = reconciliationFixture.createServer("1", "1").service();
        reconciliationFixture.scriptedInventory.addServer("2", service);
        reconciliationFixture.scanTwice();
        reconciliationFixture.scriptedInventory.removeServer("2");
        reconciliationFixture.scriptedInventory.setIncomplete(true);
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.onlyDiscrepancy().history().state()).isEqualTo(DiscrepancyHistory.State.OPEN);

        reconciliationFixture.scriptedInventory.setIncomplete(false);
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.onlyDiscrepancy().history().state())
                .isEqualTo(DiscrepancyHistory.State.RESOLVED);
        assertThat(reconciliationFixture.status().failure()).isEmpty();
    }

    @Test
    void queriesAnUnlistedServerById() {
        reconciliationFixture.createServer("1", "1");
        reconciliationFixture.scriptedInventory.hideFromList("1");
        reconciliationFixture.scanTwice();

        assertThat(reconciliationFixture.discrepancies()).isEmpty();
    }

    @Test
    void ignoresAServiceBeingCreated() {
        reconciliationFixture.createServer("1", "1");
        var fresh = reconciliationFixture.createPendingServer();
        reconciliationFixture.scriptedInventory.addServer("2", fresh);
        reconciliationFixture.scanTwice();

        assertThat(reconciliationFixture.discrepancies()).isEmpty();
    }

    @Test
    void ignoresAServiceOrderedDuringTheScan() {
        reconciliationFixture.createServer("1", "1");
        for (var round = 0; round < 2; round++) {
            reconciliationFixture.scriptedInventory.duringNextList(() ->
                    reconciliationFixture.createServer("1", UUID.randomUUID().toString()));
            reconciliationFixture.scan();
            reconciliationFixture.advance(Observations.STANDALONE);
            assertThat(reconciliationFixture.discrepancies()).isEmpty();
        }
    }

    @Test
    void ignoresAServiceEndedDuringTheScan() {
        var rented = reconciliationFixture.createServer("1", "1");
        reconciliationFixture.scriptedInventory.duringNextList(() -> reconciliationFixture.terminate(rented));
        reconciliationFixture.scan();

        assertThat(reconciliationFixture.discrepancies()).isEmpty();
    }

    @Test
    void ignoresAServiceChangedDuringTheScan() {
        var service = reconciliationFixture.createServer("1", "1").service();
        reconciliationFixture.scriptedInventory.removeServer("1");
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.onlyDiscrepancy().kind()).isEqualTo(DiscrepancyType.MISSING);

        reconciliationFixture.advance(Observations.STANDALONE);
        reconciliationFixture.scriptedInventory.duringNextList(
                () -> reconciliationFixture.setState(service, "SUSPENDED"));
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.onlyDiscrepancy().times())
                .as("not counted again")
                .isEqualTo(1);
    }

    @Test
    void countsTheScanOfOneOfTwoNodes() {
        var service = reconciliationFixture.createServer("1", "1").service();
        reconciliationFixture.scriptedInventory.addServer("2", service);
        reconciliationFixture.scriptedInventory.duringNextList(() -> {
            reconciliationFixture.workQueueFixture.expireLeases();
            reconciliationFixture.scan();
        });
        reconciliationFixture.scan();

        assertThat(reconciliationFixture.onlyDiscrepancy().times()).isEqualTo(1);
    }

    @Test
    void adoptsAServerWithAnotherId() {
        var service = reconciliationFixture.createServer("1", "1").service();
        reconciliationFixture.scriptedInventory.removeServer("1");
        reconciliationFixture.scriptedInventory.addServer("2", service);
        reconciliationFixture.scanTwice();
        assertThat(reconciliationFixture.onlyDiscrepancy().kind()).isEqualTo(DiscrepancyType.ID_CHANGED);

        var discrepancy = reconciliationFixture.onlyDiscrepancy().id();
        assertThat(reconciliationFixture.billingFixture.in(() -> reconciliationFixture.actions.adopt(discrepancy)))
                .isEqualTo(ResolutionOutcome.DONE);
        assertThat(reconciliationFixture.column(service, "provider_ref")).isEqualTo("2");
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.onlyDiscrepancy().history().state())
                .isEqualTo(DiscrepancyHistory.State.RESOLVED);
        assertThat(reconciliationFixture.billingFixture.in(() -> reconciliationFixture.actions.adopt(discrepancy)))
                .isEqualTo(ResolutionOutcome.TOO_LATE);
    }

    @Test
    void correctsAnAddress() {
        var service = reconciliationFixture.createServer("1", "1").service();
        reconciliationFixture.scriptedInventory.changeServer(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.RUNNING, "small", "203.0.113.77"));
        reconciliationFixture.scanTwice();

        var discrepancy = reconciliationFixture.onlyDiscrepancy().id();
        assertThat(reconciliationFixture.billingFixture.in(
                        () -> reconciliationFixture.actions.correctAddress(discrepancy)))
                .isEqualTo(ResolutionOutcome.DONE);
        assertThat(reconciliationFixture.column(service, "address")).isEqualTo("203.0.113.77");
        assertThat(reconciliationFixture.timeline(service)).containsExactly("readdressed");
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.discrepancies()).hasSize(1);
    }

    @Test
    void acceptsASizeUnlessTheServiceChangedMeanwhile() {
        var service = reconciliationFixture.createServer("1", "1").service();
        reconciliationFixture.scriptedInventory.changeServer(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.RUNNING, "huge", "203.0.113.1"));
        reconciliationFixture.scanTwice();
        var discrepancy = reconciliationFixture.onlyDiscrepancy().id();
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
        var service = reconciliationFixture.createServer("1", "1").service();
        reconciliationFixture.setState(service, "SUSPENDED");
        reconciliationFixture.scanTwice();

        var discrepancy = reconciliationFixture.onlyDiscrepancy().id();
        assertThat(reconciliationFixture.billingFixture.in(() -> reconciliationFixture.actions.switchBack(discrepancy)))
                .isEqualTo(ResolutionOutcome.DONE);
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.scriptedInventory.requests()).containsExactly("OFF 1");
        reconciliationFixture.scriptedInventory.changeServer(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.STOPPED, "small", "203.0.113.1"));
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.onlyDiscrepancy().history().resolution())
                .contains("SWITCHED");
    }

    @Test
    void endsRescueWhenAServerIsSwitchedOnAgain() {
        var service = reconciliationFixture.createServer("1", "1").service();
        reconciliationFixture.billingFixture.in(() -> reconciliationFixture.billingFixture.sql.update(
                "update service set rescue = gen_random_uuid() where id = ?", service));
        reconciliationFixture.scriptedInventory.changeServer(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.SUSPENDED, "small", "203.0.113.1"));
        reconciliationFixture.scanTwice();

        var discrepancy = reconciliationFixture.onlyDiscrepancy().id();
        assertThat(reconciliationFixture.billingFixture.in(() -> reconciliationFixture.actions.switchBack(discrepancy)))
                .isEqualTo(ResolutionOutcome.DONE);
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.scriptedInventory.requests()).containsExactly("ON 1");
        assertThat(reconciliationFixture.column(service, "(rescue is null)")).isEqualTo("false");
        reconciliationFixture.scriptedInventory.changeServer(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.RUNNING, "small", "203.0.113.1"));
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.onlyDiscrepancy().history().resolution())
                .contains("SWITCHED");
        assertThat(reconciliationFixture.column(service, "(rescue is null)")).isEqualTo("true");
    }

    @Test
    void keepsRescueWhenTheProviderResumesTheServer() {
        var service = reconciliationFixture.createServer("1", "1").service();
        reconciliationFixture.billingFixture.in(() -> reconciliationFixture.billingFixture.sql.update(
                "update service set rescue = gen_random_uuid() where id = ?", service));
        reconciliationFixture.scriptedInventory.changeServer(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.SUSPENDED, "small", "203.0.113.1"));
        reconciliationFixture.scanTwice();
        reconciliationFixture.scriptedInventory.changeServer(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.RUNNING, "small", "203.0.113.1"));
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.onlyDiscrepancy().history().resolution())
                .contains("GONE");
        assertThat(reconciliationFixture.column(service, "(rescue is null)")).isEqualTo("false");
    }

    @Test
    void aDismissedDiscrepancyReopensWhenItChanges() {
        reconciliationFixture.createServer("1", "1");
        reconciliationFixture.scriptedInventory.changeServer(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.RUNNING, "huge", "203.0.113.1"));
        reconciliationFixture.scanTwice();
        var discrepancy = reconciliationFixture.onlyDiscrepancy().id();
        reconciliationFixture.billingFixture.in(() -> reconciliationFixture.actions.dismiss(discrepancy, "as agreed"));
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.onlyDiscrepancy().history().state())
                .isEqualTo(DiscrepancyHistory.State.DISMISSED);

        reconciliationFixture.scriptedInventory.changeServer(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.RUNNING, "tiny", "203.0.113.1"));
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.discrepancies())
                .extracting(found -> found.history().state())
                .containsExactlyInAnyOrder(DiscrepancyHistory.State.RESOLVED, DiscrepancyHistory.State.OPEN);
    }

    @Test
    void creditsChargesWhileAServerIsMissing() {
        var rented = reconciliationFixture.createServer("1", "1");
        chargeAt("13:30");
        reconciliationFixture.scriptedInventory.removeServer("1");
        reconciliationFixture.scan();
        chargeAt("13:40");
        reconciliationFixture.advance(Observations.STANDALONE);
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.onlyDiscrepancy().kind()).isEqualTo(DiscrepancyType.MISSING);
        assertThat(balance(rented))
                .as("both hours started before it was reported missing")
                .isEqualTo("0.98");

        chargeAt("15:10");
        assertThat(balance(rented)).isEqualTo("0.96");
        reconciliationFixture.scan();
        reconciliationFixture.scan();
        assertThat(balance(rented)).isEqualTo("0.98");
        assertThat(reconciliationFixture.onlyDiscrepancy().givenBack())
                .isEqualTo(reconciliationFixture.billingFixture.money("0.02"));
        assertThat(reconciliationFixture.billingFixture.in(
                        () -> new WalletStatements(reconciliationFixture.billingFixture.sql)
                                .statement(rented.wallet(), Long.MAX_VALUE, 100)))
                .filteredOn(statementLine -> statementLine.source().startsWith("discrepancy:"))
                .isNotEmpty()
                .allSatisfy(statementLine -> assertThat(statementLine.about()).contains("web"));

        reconciliationFixture.scriptedInventory.addServer("1", rented.service());
        chargeAt("16:20");
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.onlyDiscrepancy().history().state())
                .isEqualTo(DiscrepancyHistory.State.RESOLVED);
        assertThat(balance(rented)).as("it was seen again in that hour").isEqualTo("0.97");
        assertThat(reconciliationFixture.timeline(rented.service())).containsExactly("missing", "found");
    }

    @Test
    void creditsALateChargeAlthoughTheServerIsBack() {
        var rented = reconciliationFixture.createServer("1", "1");
        reconciliationFixture.scriptedInventory.removeServer("1");
        reconciliationFixture.scan();
        reconciliationFixture.billingFixture.clock.stopAt(ReconciliationFixture.NOON.plus(Duration.ofMinutes(70)));
        reconciliationFixture.advance(Observations.STANDALONE);
        reconciliationFixture.scan();
        reconciliationFixture.scriptedInventory.addServer("1", rented.service());
        reconciliationFixture.billingFixture.clock.stopAt(ReconciliationFixture.NOON.plus(Duration.ofMinutes(80)));
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.onlyDiscrepancy().givenBack())
                .isEqualTo(reconciliationFixture.billingFixture.money("0.01"));

        chargeAt("13:30");
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.onlyDiscrepancy().givenBack())
                .isEqualTo(reconciliationFixture.billingFixture.money("0.02"));
        assertThat(balance(rented)).isEqualTo("1.00");
    }

    @Test
    void doesNotCreditADismissedDiscrepancy() {
        var rented = reconciliationFixture.createServer("1", "1");
        reconciliationFixture.scriptedInventory.removeServer("1");
        reconciliationFixture.scanTwice();
        var discrepancy = reconciliationFixture.onlyDiscrepancy().id();
        reconciliationFixture.billingFixture.in(
                () -> reconciliationFixture.actions.dismiss(discrepancy, "moved by hand"));
        chargeAt("15:10");
        reconciliationFixture.scan();

        assertThat(reconciliationFixture.onlyDiscrepancy().givenBack())
                .isEqualTo(reconciliationFixture.billingFixture.money("0"));
        assertThat(balance(rented)).isEqualTo("0.96");
    }

    @Test
    void creditsOnlyManuallyWhenMoreThanHalfIsMissing() {
        var first = reconciliationFixture.createServer("1", "1");
        reconciliationFixture.createServer("1", "2");
        reconciliationFixture.createServer("1", "3");
        reconciliationFixture.scriptedInventory.clear();
        reconciliationFixture.scanTwice();
        chargeAt("14:30");
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.status().isDoubtful()).isTrue();
        assertThat(balance(first)).isEqualTo("0.97");

        var discrepancy = reconciliationFixture.discrepancies().stream()
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
        var rented = reconciliationFixture.createServer("1", "1");
        reconciliationFixture.scriptedInventory.addServer("2", rented.service());
        reconciliationFixture.scanTwice();
        reconciliationFixture.billingFixture.in(() -> reconciliationFixture.billingFixture.sql.update(
                "update service set account = null, provider_ref = null where id = ?", rented.service()));
        reconciliationFixture.scan();

        assertThat(reconciliationFixture.onlyDiscrepancy().history().state())
                .isEqualTo(DiscrepancyHistory.State.RESOLVED);
        assertThat(reconciliationFixture.workQueueFixture.column(reconciliationFixture.billingFixture.tenant, "state"))
                .containsExactly("DONE");
    }

    /** Sets the clock, and charges all hours until then. */
    private static void chargeAt(String time) {
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
