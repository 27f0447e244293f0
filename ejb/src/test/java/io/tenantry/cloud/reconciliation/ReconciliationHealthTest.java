package io.tenantry.cloud.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.wallet.ItemCharges;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.account.ConnectionTestResult;
import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.kernel.ledger.Ledger;
import io.tenantry.people.identity.Access;
import io.tenantry.testing.Boundary;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scans determine whether an account works, and staff are notified when that changes. */
class ReconciliationHealthTest {
    private static final String SLUG = "healths";

    private final ProviderAccountFixture providerAccountFixture = ProviderAccountFixture.of(SLUG);
    private final io.tenantry.workqueue.WorkQueueFixture work =
            new io.tenantry.workqueue.WorkQueueFixture(providerAccountFixture.tenant);
    private final ScriptedInventory scriptedInventory = new ScriptedInventory();
    private final ReconciliationHandler reconciliationHandler = reconciliationHandler();
    private final ReconciliationSchedule reconciliationSchedule =
            new ReconciliationSchedule(providerAccountFixture.sql, new Access(providerAccountFixture.sql), work.items);
    private UUID account = new UUID(0, 0);

    @BeforeAll
    static void prepare() {
        ProviderAccountFixture.open(SLUG);
    }

    @BeforeEach
    void connectAccount() {
        work.clear();
        for (var table : List.of("provider_account", "provider_scan", "notification")) {
            Database.asOwner("delete from t_healths." + table);
        }
        account = providerAccountFixture.account("Main", "https://panel.example/api/v1", "token-1");
    }

    @AfterEach
    void close() {
        providerAccountFixture.close();
    }

    @Test
    void marksAReadableAccountAsWorkingWithoutNotification() {
        scan();
        scan();
        assertThat(providerAccountFixture.inspect(account).verdict()).contains(ConnectionTestResult.WORKS);
        assertThat(notifications()).isEmpty();
    }

    @Test
    void notifiesStaffOnceOfAFailureAndOnceOfTheRecovery() {
        scan();
        scriptedInventory.setListFailure(Optional.of(new ProviderFailure(Reason.CREDENTIALS, "not known: token-1")));
        scan();
        scan();
        scan();
        assertThat(providerAccountFixture.inspect(account).verdict()).contains(ConnectionTestResult.CREDENTIALS);
        assertThat(providerAccountFixture.inspect(account).words()).isEqualTo("not known: \u2026");
        assertThat(notifications()).containsExactly("PROVIDER_FAILING Main not known: \u2026");

        scriptedInventory.setListFailure(Optional.empty());
        scan();
        scan();
        assertThat(providerAccountFixture.inspect(account).verdict()).contains(ConnectionTestResult.WORKS);
        assertThat(notifications())
                .containsExactly("PROVIDER_FAILING Main not known: \u2026", "PROVIDER_RECOVERED Main ");

        scriptedInventory.setListFailure(Optional.of(new ProviderFailure(Reason.UNREACHABLE, "no route")));
        scan();
        scan();
        assertThat(notifications()).hasSize(3).endsWith("PROVIDER_FAILING Main no route");
    }

    @Test
    void notifiesOnlyStaffWithThePermission() {
        scriptedInventory.setListFailure(Optional.of(new ProviderFailure(Reason.FORBIDDEN, "may not")));
        scan();
        assertThat(providerAccountFixture.texts("person_id || ' ' || path", "notification"))
                .containsExactly(ProviderAccountFixture.OWNER.personId() + " provider?id=" + account);
    }

    @Test
    void treatsAnIncompleteListAsFailure() {
        scriptedInventory.setIncomplete(true);
        scan();
        scan();
        assertThat(providerAccountFixture.inspect(account).verdict()).contains(ConnectionTestResult.NO_RESPONSE);
        assertThat(notifications()).hasSize(1);
    }

    @Test
    void doesNotTreatRateLimitingAsFailure() {
        scan();
        scriptedInventory.setListFailure(Optional.of(new ProviderFailure(Reason.RATE_LIMITED, "slow down")));
        scan();
        assertThat(providerAccountFixture.inspect(account).verdict()).contains(ConnectionTestResult.BUSY);
        scriptedInventory.setListFailure(Optional.empty());
        scan();
        assertThat(providerAccountFixture.inspect(account).verdict()).contains(ConnectionTestResult.WORKS);
        assertThat(notifications()).isEmpty();
    }

    @Test
    void ignoresAScanWithCredentialsReplacedMeanwhile() {
        scriptedInventory.setIncomplete(true);
        scriptedInventory.duringNextList(() -> providerAccountFixture.as(
                ProviderAccountFixture.OWNER,
                () -> providerAccountFixture.changes.replace(account, "https://panel.example/api/v1", "token-2")));
        scan();
        assertThat(providerAccountFixture.inspect(account).verdict()).isEmpty();
        assertThat(notifications()).isEmpty();
    }

    @Test
    void notifiesOnceWhenTwoNodesFailTogether() {
        scriptedInventory.setIncomplete(true);
        scriptedInventory.duringNextList(() -> {
            work.expireLeases();
            scan();
        });
        scan();
        assertThat(notifications()).hasSize(1);
    }

    private void scan() {
        providerAccountFixture.as(ProviderAccountFixture.OWNER, reconciliationSchedule::begin);
        providerAccountFixture.clock.stopAt(
                providerAccountFixture.clock.instant().plus(Duration.ofMinutes(5)));
        work.makeDue();
        work.work(reconciliationHandler);
    }

    private List<String> notifications() {
        return providerAccountFixture.texts("kind || ' ' || subject || ' ' || detail", "notification order by id");
    }

    private ReconciliationHandler reconciliationHandler() {
        var wallets = new Wallets(
                providerAccountFixture.sql,
                providerAccountFixture.clock,
                new Ledger(providerAccountFixture.sql, providerAccountFixture.clock));
        var discrepancyEffects =
                new DiscrepancyEffects(providerAccountFixture.sql, providerAccountFixture.clock, work.items);
        var outageCredits = new OutageCredits(providerAccountFixture.sql, new ItemCharges(wallets));
        return new ReconciliationHandler(
                new RequiresNewScans(
                        providerAccountFixture.sql,
                        providerAccountFixture.clock,
                        work.items,
                        discrepancyEffects,
                        outageCredits,
                        Boundary.of(providerAccountFixture.tenant)),
                new Inventories(new ProvisioningTargets(List.of())) {
                    @Override
                    public Optional<OpenedAccount> open(String name) {
                        return Optional.of(
                                new OpenedAccount(scriptedInventory, words -> words.replace("token-1", "\u2026")));
                    }
                });
    }
}
