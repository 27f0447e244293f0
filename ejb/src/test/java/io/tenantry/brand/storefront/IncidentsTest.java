package io.tenantry.brand.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.brand.storefront.Incidents.Field;
import io.tenantry.brand.storefront.Incidents.Impact;
import io.tenantry.brand.storefront.Incidents.Incident;
import io.tenantry.brand.storefront.Incidents.IncidentUpdate;
import io.tenantry.brand.storefront.Incidents.Outcome;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IncidentsTest {
    private static final Instant NOON = StorefrontFixture.NOON;

    private final StorefrontFixture storefrontFixture = new StorefrontFixture();

    @Test
    void reportsAnIncidentFromBeginningToEnd() {
        StorefrontFixture.run(() -> {
            var id = report("Packets lost", Impact.DEGRADED, NOON.minusSeconds(600), "We are looking.");
            storefrontFixture.advance(Duration.ofMinutes(5));
            storefrontFixture.incidents.add(id, "Found: a cable.", false);
            storefrontFixture.advance(Duration.ofMinutes(5));
            storefrontFixture.incidents.add(id, "A new cable.", true);
            var all = storefrontFixture.incidents.since(NOON.minus(Duration.ofDays(90)));
            assertThat(all)
                    .containsExactly(new Incident(
                            id,
                            "Packets lost",
                            Impact.DEGRADED,
                            Optional.empty(),
                            NOON.minusSeconds(600),
                            Optional.of(NOON.plusSeconds(600)),
                            List.of(
                                    new IncidentUpdate(NOON.plusSeconds(600), "A new cable."),
                                    new IncidentUpdate(NOON.plusSeconds(300), "Found: a cable."),
                                    new IncidentUpdate(NOON, "We are looking."))));
            assertThat(all.get(0).lasts(NOON.plusSeconds(599))).isTrue();
            assertThat(all.get(0).lasts(NOON.plusSeconds(600))).isFalse();
            assertThat(all.get(0).within(NOON, NOON.plusSeconds(60))).isEqualTo(Duration.ofMinutes(1));
            assertThat(all.get(0).within(NOON.plusSeconds(600), NOON.plusSeconds(900)))
                    .isEqualTo(Duration.ZERO);
        });
    }

    @Test
    void omitsIncidentsEndedBeforeTheRequestedTime() {
        StorefrontFixture.run(() -> {
            var id = report("Old", Impact.OUTAGE, NOON.minusSeconds(60), "x");
            storefrontFixture.incidents.add(id, "done", true);
            assertThat(storefrontFixture.incidents.since(NOON)).isEmpty();
            assertThat(storefrontFixture.incidents.since(NOON.minusSeconds(1))).hasSize(1);
        });
    }

    @Test
    void allowsOnlyMaintenanceInTheFuture() {
        StorefrontFixture.run(() -> {
            var tomorrow = NOON.plus(Duration.ofDays(1));
            assertThat(storefrontFixture.incidents.report("Soon", Impact.OUTAGE, Optional.empty(), tomorrow, "x"))
                    .isEqualTo(new Outcome.Invalid(List.of(Field.BEGAN)));
            var work = report("New routers", Impact.MAINTENANCE, tomorrow, "At night.");
            assertThat(storefrontFixture.incidents.add(work, "Not started yet", true))
                    .isEqualTo(new Outcome.Invalid(List.of(Field.BEGAN)));
            assertThat(storefrontFixture.incidents.since(NOON).get(0).lasts(NOON))
                    .isFalse();
        });
    }

    @Test
    void reportsEveryInvalidField() {
        StorefrontFixture.run(() -> {
            assertThat(storefrontFixture.incidents.report(" ", Impact.OUTAGE, Optional.of("atlantis"), NOON, ""))
                    .isEqualTo(new Outcome.Invalid(List.of(Field.TITLE, Field.REGION, Field.NOTE)));
            assertThat(storefrontFixture.incidents.since(NOON)).isEmpty();
        });
    }

    @Test
    void refusesUpdatesOfAnEndedIncident() {
        StorefrontFixture.run(() -> {
            var id = report("Short", Impact.OUTAGE, NOON.minusSeconds(60), "x");
            storefrontFixture.incidents.add(id, "over", true);
            assertThatThrownBy(() -> storefrontFixture.incidents.add(id, "again", false))
                    .isInstanceOf(NotFoundException.class);
        });
    }

    @Test
    void reopensAnIncidentWithAllItsUpdates() {
        StorefrontFixture.run(() -> {
            var id = report("Short", Impact.OUTAGE, NOON.minusSeconds(60), "x");
            var ended = (Outcome.Done) storefrontFixture.incidents.add(id, "over", true);
            assertThat(storefrontFixture.incidents.reopen(id, NOON.plusSeconds(1)))
                    .as("another end")
                    .isFalse();
            assertThat(storefrontFixture.incidents.reopen(id, ended.at())).isTrue();
            var now = storefrontFixture.incidents.since(NOON).get(0);
            assertThat(now.endedAt()).isEmpty();
            assertThat(now.notes()).extracting(IncidentUpdate::text).contains("x", "over");
            assertThat(storefrontFixture.incidents.reopen(id, ended.at()))
                    .as("already open")
                    .isFalse();
        });
    }

    @Test
    void letsAnyoneReadButNotReport() {
        StorefrontFixture.runWithoutPermission(() -> {
            assertThat(storefrontFixture.incidents.since(NOON)).isEmpty();
            assertThatThrownBy(
                            () -> storefrontFixture.incidents.report("x", Impact.OUTAGE, Optional.empty(), NOON, "x"))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> storefrontFixture.incidents.add(new UUID(1, 1), "x", true))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> storefrontFixture.incidents.reopen(new UUID(1, 1), NOON))
                    .isInstanceOf(AccessDeniedException.class);
        });
    }

    private UUID report(String title, Impact impact, Instant began, String note) {
        return ((Outcome.Done) storefrontFixture.incidents.report(title, impact, Optional.empty(), began, note)).id();
    }
}
