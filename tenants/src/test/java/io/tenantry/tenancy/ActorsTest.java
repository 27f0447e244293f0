package io.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActorsTest {
    private static final Actor MEMBER = new Actor(Actor.Kind.MEMBER, new UUID(1, 2), "Ada");
    private final Actor job = Actor.system("hourly-charging");

    @AfterEach
    void nobody() {
        Actors.clear();
    }

    @Test
    void hasNoDefault() {
        assertThat(Actors.current()).isEmpty();
        assertThatThrownBy(Actors::require)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no actor on this thread");
    }

    @Test
    void restoresPreviousActor() {
        try (var outer = Actors.enter(MEMBER)) {
            try (var inner = Actors.enter(job)) {
                assertThat(Actors.require()).isEqualTo(job);
            }
            assertThat(Actors.require()).isEqualTo(MEMBER);
        }
        assertThat(Actors.current()).isEmpty();
    }

    @Test
    void isClearedAtEndOfRequest() {
        Actors.enter(MEMBER);
        Actors.clear();
        assertThat(Actors.current()).isEmpty();
    }

    @Test
    void isNotInheritedByOtherThreads() throws Exception {
        try (var actorScope = Actors.enter(MEMBER)) {
            var elsewhere = CompletableFuture.supplyAsync(() -> Actors.current().isPresent());
            assertThat(elsewhere.get()).isFalse();
        }
    }

    @Test
    void jobIsSystemAndPersonIsNot() {
        assertThat(job.isSystem()).isTrue();
        assertThat(job.name()).isEqualTo("hourly-charging");
        assertThat(job.personId()).isNull();
        assertThat(MEMBER.isSystem()).isFalse();
    }
}
