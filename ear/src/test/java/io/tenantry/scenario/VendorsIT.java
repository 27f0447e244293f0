package io.tenantry.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.finding.Outcome;
import io.tenantry.it.Deployments;
import io.tenantry.listing.Wish;
import io.tenantry.provider.Mark;
import io.tenantry.provider.account.Accounts;
import io.tenantry.provider.account.ProviderAccounts;
import io.tenantry.reconciling.FindingActions;
import io.tenantry.reconciling.Findings;
import io.tenantry.reconciling.Kind;
import io.tenantry.reconciling.Rounds;
import io.tenantry.scenario.Story.Reseller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Accounts with vendors are looked at by the server's own workers, and what staff decide is done by them. */
@Tag("full")
class VendorsIT extends Deployments {
    private static Story story() {
        return bean(Story.class);
    }

    @Test
    void whatNobodyKnowsInAnAccountIsFoundAndDeletedWhenStaffSaySo() {
        var watched = story().reseller("watched", "7.30");
        var account = story().as(watched, VendorsIT::connected);
        var server = story().as(watched, () -> stray(account));
        assertThat(story().as(watched, () -> bean(Rounds.class).begin())).isEqualTo(1);

        story().await(() -> standing(watched).completedAt().isPresent());
        assertThat(standing(watched).servers()).isEqualTo(1);
        assertThat(only(watched).kind()).isEqualTo(Kind.STRAY);
        assertThat(only(watched).upstreamId()).isEqualTo(server);
        assertThat(only(watched).course().confirmedAt()).isEmpty();

        story().asOwner("update t_watched.finding set first_seen_at = first_seen_at - interval '10 minutes'");
        story().as(watched, () -> bean(Rounds.class).lookNow());
        story().await(() -> only(watched).course().confirmedAt().isPresent());
        var finding = only(watched).id();
        assertThat(story().as(watched, () -> bean(FindingActions.class).delete(finding)))
                .isEqualTo(Outcome.DONE);

        story().await(() -> only(watched).course().resolution().isPresent());
        assertThat(only(watched).course().resolution()).contains("DELETED");
        assertThat(story().as(watched, () -> bean(Accounts.class).open(account).server(server)))
                .isEmpty();
    }

    private static UUID connected() {
        var draft = new ProviderAccounts.Draft("Toys", "sandbox", "", "watched");
        return ((ProviderAccounts.Outcome.Done) bean(ProviderAccounts.class).add(draft)).id();
    }

    /** A server with a mark like ours, of which there is no service. */
    private static String stray(UUID account) {
        var wish = new io.tenantry.provider.Wish(
                new Mark(UUID.randomUUID()),
                "stray",
                "fra1",
                "s-1-1",
                "debian-13",
                List.of(),
                Optional.empty(),
                Map.of());
        return bean(Accounts.class).open(account).create(wish).id();
    }

    private static Rounds.Standing standing(Reseller reseller) {
        return story().as(reseller, () -> bean(Rounds.class).all().get(0));
    }

    private static Findings.Finding only(Reseller reseller) {
        var all = story().as(
                        reseller,
                        () -> bean(Findings.class)
                                .rows(new Wish("", Map.of(Findings.STATE, "all"), "", false, 0, Wish.LIMIT_MAX)));
        assertThat(all).hasSize(1);
        return all.get(0);
    }
}
