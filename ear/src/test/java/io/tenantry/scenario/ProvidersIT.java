package io.tenantry.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.account.ProviderAccounts;
import io.tenantry.cloud.provider.account.ProviderClients;
import io.tenantry.cloud.reconciliation.Discrepancies;
import io.tenantry.cloud.reconciliation.DiscrepancyActions;
import io.tenantry.cloud.reconciliation.DiscrepancyType;
import io.tenantry.cloud.reconciliation.ReconciliationSchedule;
import io.tenantry.cloud.reconciliation.discrepancy.ResolutionOutcome;
import io.tenantry.it.Deployments;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.scenario.Story.Reseller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Provider accounts are reconciled by the server's own workers, which also execute the staff's decisions. */
@Tag("full")
class ProvidersIT extends Deployments {
    private static Story story() {
        return bean(Story.class);
    }

    @Test
    void findsUnknownServerInAccountAndDeletesItOnStaffDecision() {
        var watched = story().reseller("watched", "7.30");
        var account = story().as(watched, ProvidersIT::connected);
        var server = story().as(watched, () -> stray(account));
        assertThat(story().as(watched, () -> bean(ReconciliationSchedule.class).begin()))
                .isEqualTo(1);

        story().await(() -> status(watched).completedAt().isPresent());
        assertThat(status(watched).servers()).isEqualTo(1);
        assertThat(only(watched).kind()).isEqualTo(DiscrepancyType.UNKNOWN_SERVER);
        assertThat(only(watched).upstreamId()).isEqualTo(server);
        assertThat(only(watched).history().confirmedAt()).isEmpty();

        story().asOwner(
                        "update t_watched.server_discrepancy set first_seen_at = first_seen_at - interval '10 minutes'");
        story().as(watched, () -> bean(ReconciliationSchedule.class).scanNow());
        story().await(() -> only(watched).history().confirmedAt().isPresent());
        var discrepancy = only(watched).id();
        assertThat(story().as(watched, () -> bean(DiscrepancyActions.class).delete(discrepancy)))
                .isEqualTo(ResolutionOutcome.DONE);

        story().await(() -> only(watched).history().resolution().isPresent());
        assertThat(only(watched).history().resolution()).contains("DELETED");
        assertThat(story().as(
                                watched,
                                () -> bean(ProviderClients.class).open(account).server(server)))
                .isEmpty();
    }

    private static UUID connected() {
        var draft = new ProviderAccounts.Draft("Toys", "sandbox", "", "watched");
        return ((ProviderAccounts.Outcome.Done) bean(ProviderAccounts.class).add(draft)).id();
    }

    /** Creates a server with a mark like ours, but without a service. */
    private static String stray(UUID account) {
        var serverSpec = new io.tenantry.cloud.provider.ServerSpec(
                new ResourceTag(UUID.randomUUID()),
                "stray",
                "fra1",
                "s-1-1",
                "debian-13",
                List.of(),
                Optional.empty(),
                Map.of());
        return bean(ProviderClients.class).open(account).create(serverSpec).id();
    }

    private static ReconciliationSchedule.AccountDue status(Reseller reseller) {
        return story().as(
                        reseller, () -> bean(ReconciliationSchedule.class).all().get(0));
    }

    private static Discrepancies.Discrepancy only(Reseller reseller) {
        var all = story().as(
                        reseller,
                        () -> bean(Discrepancies.class)
                                .rows(new ListQuery(
                                        "", Map.of(Discrepancies.STATE, "all"), "", false, 0, ListQuery.LIMIT_MAX)));
        assertThat(all).hasSize(1);
        return all.get(0);
    }
}
