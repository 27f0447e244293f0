package io.tenantry.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.people.identity.AccessDeniedException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Identification of a server by its host key. */
@Tag("full")
class HostKeysTest {
    private static final String FIRST = "SHA256:first";
    private static final String OTHER = "SHA256:other";
    private static int tenants;

    private ConsoleFixture fixture;

    @BeforeEach
    void open() {
        fixture = new ConsoleFixture("hostkeys" + tenants++, Map.of());
    }

    @Test
    void pinsTheFirstHostKey() {
        assertThat(pin(FIRST)).isEqualTo(FIRST);
        assertThat(pin(OTHER)).isEqualTo(FIRST);
        assertThat(pinned().by()).isEqualTo("owner");
    }

    @Test
    void recordsAChangedHostKeyOnceWithoutPinningIt() {
        pin(FIRST);
        offer(OTHER);
        offer(OTHER);
        assertThat(pinned().fingerprint()).isEqualTo(FIRST);
        assertThat(pinned().offered().orElseThrow().fingerprint()).isEqualTo(OTHER);
        assertThat(fixture.texts("select facts->>'fingerprint' from %.audit_record"
                        + " where action = 'console.host_key_refused' and subject_id = '" + fixture.service + "'"))
                .containsExactly(OTHER);
    }

    @Test
    void acceptsOnlyTheHostKeyThatWasOffered() {
        pin(FIRST);
        offer(OTHER);
        assertThat(accept("SHA256:third")).isFalse();
        assertThat(pinned().fingerprint()).isEqualTo(FIRST);
        assertThat(accept(OTHER)).isTrue();
        assertThat(pinned().fingerprint()).isEqualTo(OTHER);
        assertThat(pinned().offered()).isEmpty();
        assertThat(accept(OTHER)).isFalse();
        assertThat(fixture.texts("select actor_name from %.audit_record where action = 'console.host_key_accepted'"))
                .containsExactly("owner");
    }

    @Test
    void pinsTheFirstHostKeyAfterARebuild() {
        pin(FIRST);
        offer(OTHER);
        fixture.as(fixture.owner, () -> {
            fixture.hostKeys.forget(fixture.service);
            fixture.hostKeys.forget(fixture.service);
            return true;
        });
        assertThat(pin(OTHER)).isEqualTo(OTHER);
        assertThat(pinned().offered()).isEmpty();
        assertThat(fixture.texts("select action from %.audit_record where action = 'console.host_key_removed'"))
                .as("once")
                .hasSize(1);
    }

    @Test
    void pinsASeparateHostKeyForEachRescueStart() {
        pin(FIRST);
        setRescue(true);
        assertThat(fixture.as(fixture.owner, () -> fixture.hostKeys.find(fixture.service)))
                .isEmpty();
        assertThat(pin(OTHER)).isEqualTo(OTHER);
        offer("SHA256:third");
        assertThat(pinned().offered().orElseThrow().fingerprint()).isEqualTo("SHA256:third");

        setRescue(true);
        assertThat(pin("SHA256:third")).isEqualTo("SHA256:third");
        assertThat(accept(OTHER)).isFalse();

        setRescue(false);
        assertThat(pinned().fingerprint()).isEqualTo(FIRST);
        assertThat(pinned().offered()).isEmpty();
        assertThat(fixture.texts("select fingerprint from %.service_host_key order by fingerprint"))
                .as("the key of the first rescue start is discarded")
                .containsExactly(FIRST, "SHA256:third");
    }

    @Test
    void refusesToAcceptAHostKeyWithoutPermission() {
        pin(FIRST);
        offer(OTHER);
        assertThatThrownBy(() -> fixture.as(fixture.viewer, () -> fixture.hostKeys.accept(fixture.service, OTHER)))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(pinned().fingerprint()).isEqualTo(FIRST);
    }

    private void setRescue(boolean isIn) {
        fixture.asOwner("update %.service set rescue = " + (isIn ? "gen_random_uuid()" : "null"));
    }

    private String pin(String fingerprint) {
        return fixture.as(fixture.owner, () -> fixture.hostKeys.pin(fixture.service, fingerprint));
    }

    private void offer(String fingerprint) {
        fixture.as(fixture.owner, () -> {
            fixture.hostKeys.offered(fixture.service, fingerprint);
            return true;
        });
    }

    private boolean accept(String fingerprint) {
        return fixture.as(fixture.owner, () -> fixture.hostKeys.accept(fixture.service, fingerprint));
    }

    private HostKeys.Pinned pinned() {
        return fixture.as(fixture.owner, () -> fixture.hostKeys.find(fixture.service))
                .orElseThrow();
    }
}
