package io.tenantry.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.storefront.Disruptions.Disruption;
import io.tenantry.storefront.Disruptions.Field;
import io.tenantry.storefront.Disruptions.Impact;
import io.tenantry.storefront.Disruptions.Note;
import io.tenantry.storefront.Disruptions.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DisruptionsTest {
    private static final Instant NOON = Site.NOON;

    private final Site site = new Site();

    @Test
    void isToldFromItsBeginningToItsEnd() {
        Site.run(() -> {
            var id = told("Packets lost", Impact.DEGRADED, NOON.minusSeconds(600), "We are looking.");
            site.pass(Duration.ofMinutes(5));
            site.disruptions.add(id, "Found: a cable.", false);
            site.pass(Duration.ofMinutes(5));
            site.disruptions.add(id, "A new cable.", true);
            var all = site.disruptions.since(NOON.minus(Duration.ofDays(90)));
            assertThat(all)
                    .containsExactly(new Disruption(
                            id,
                            "Packets lost",
                            Impact.DEGRADED,
                            Optional.empty(),
                            NOON.minusSeconds(600),
                            Optional.of(NOON.plusSeconds(600)),
                            List.of(
                                    new Note(NOON.plusSeconds(600), "A new cable."),
                                    new Note(NOON.plusSeconds(300), "Found: a cable."),
                                    new Note(NOON, "We are looking."))));
            assertThat(all.get(0).lasts(NOON.plusSeconds(599))).isTrue();
            assertThat(all.get(0).lasts(NOON.plusSeconds(600))).isFalse();
            assertThat(all.get(0).within(NOON, NOON.plusSeconds(60))).isEqualTo(Duration.ofMinutes(1));
            assertThat(all.get(0).within(NOON.plusSeconds(600), NOON.plusSeconds(900)))
                    .isEqualTo(Duration.ZERO);
        });
    }

    @Test
    void whatIsOverLongAgoIsNotTold() {
        Site.run(() -> {
            var id = told("Old", Impact.OUTAGE, NOON.minusSeconds(60), "x");
            site.disruptions.add(id, "done", true);
            assertThat(site.disruptions.since(NOON)).isEmpty();
            assertThat(site.disruptions.since(NOON.minusSeconds(1))).hasSize(1);
        });
    }

    @Test
    void onlyWorkIsAnnounced() {
        Site.run(() -> {
            var tomorrow = NOON.plus(Duration.ofDays(1));
            assertThat(site.disruptions.tell("Soon", Impact.OUTAGE, Optional.empty(), tomorrow, "x"))
                    .isEqualTo(new Outcome.Invalid(List.of(Field.BEGAN)));
            var work = told("New routers", Impact.MAINTENANCE, tomorrow, "At night.");
            assertThat(site.disruptions.add(work, "Not yet begun", true))
                    .isEqualTo(new Outcome.Invalid(List.of(Field.BEGAN)));
            assertThat(site.disruptions.since(NOON).get(0).lasts(NOON)).isFalse();
        });
    }

    @Test
    void tellsEveryFieldThatIsWrong() {
        Site.run(() -> {
            assertThat(site.disruptions.tell(" ", Impact.OUTAGE, Optional.of("atlantis"), NOON, ""))
                    .isEqualTo(new Outcome.Invalid(List.of(Field.TITLE, Field.REGION, Field.NOTE)));
            assertThat(site.disruptions.since(NOON)).isEmpty();
        });
    }

    @Test
    void whatHasEndedIsNotAddedTo() {
        Site.run(() -> {
            var id = told("Short", Impact.OUTAGE, NOON.minusSeconds(60), "x");
            site.disruptions.add(id, "over", true);
            assertThatThrownBy(() -> site.disruptions.add(id, "again", false)).isInstanceOf(NotVisible.class);
        });
    }

    @Test
    void whatWasSaidToBeOverLastsAgainAndNothingSaidIsLost() {
        Site.run(() -> {
            var id = told("Short", Impact.OUTAGE, NOON.minusSeconds(60), "x");
            var ended = (Outcome.Done) site.disruptions.add(id, "over", true);
            assertThat(site.disruptions.reopen(id, NOON.plusSeconds(1)))
                    .as("another end")
                    .isFalse();
            assertThat(site.disruptions.reopen(id, ended.at())).isTrue();
            var now = site.disruptions.since(NOON).get(0);
            assertThat(now.endedAt()).isEmpty();
            assertThat(now.notes()).extracting(Note::text).contains("x", "over");
            assertThat(site.disruptions.reopen(id, ended.at()))
                    .as("lasts already")
                    .isFalse();
        });
    }

    @Test
    void strangersReadButTellNothing() {
        Site.refused(() -> {
            assertThat(site.disruptions.since(NOON)).isEmpty();
            assertThatThrownBy(() -> site.disruptions.tell("x", Impact.OUTAGE, Optional.empty(), NOON, "x"))
                    .isInstanceOf(AccessDenied.class);
            assertThatThrownBy(() -> site.disruptions.add(new UUID(1, 1), "x", true))
                    .isInstanceOf(AccessDenied.class);
            assertThatThrownBy(() -> site.disruptions.reopen(new UUID(1, 1), NOON))
                    .isInstanceOf(AccessDenied.class);
        });
    }

    private UUID told(String title, Impact impact, Instant began, String note) {
        return ((Outcome.Done) site.disruptions.tell(title, impact, Optional.empty(), began, note)).id();
    }
}
