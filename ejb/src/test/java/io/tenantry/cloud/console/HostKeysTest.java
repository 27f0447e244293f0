package io.tenantry.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.people.identity.AccessDeniedException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Identification of a server by its host key. */
class HostKeysTest {
    private static final String FIRST = "SHA256:first";
    private static final String OTHER = "SHA256:other";
    private static int tenants;

    private ConsoleFixture here;

    @BeforeEach
    void open() {
        here = new ConsoleFixture("hostkeys" + tenants++, Map.of());
    }

    @Test
    void theFirstKeyThatIsShownIsKept() {
        assertThat(pin(FIRST)).isEqualTo(FIRST);
        assertThat(pin(OTHER)).isEqualTo(FIRST);
        assertThat(inspect().by()).isEqualTo("owner");
    }

    @Test
    void anotherOneIsRecordedOnceAndChangesNothing() {
        pin(FIRST);
        offer(OTHER);
        offer(OTHER);
        assertThat(inspect().fingerprint()).isEqualTo(FIRST);
        assertThat(inspect().offered().orElseThrow().fingerprint()).isEqualTo(OTHER);
        assertThat(here.texts("select facts->>'fingerprint' from %.audit_record"
                        + " where action = 'console.host_key_refused' and subject_id = '" + here.service + "'"))
                .containsExactly(OTHER);
    }

    @Test
    void whoManagesTheServerAcceptsTheVeryKeyThatWasShown() {
        pin(FIRST);
        offer(OTHER);
        assertThat(accept("SHA256:third")).isFalse();
        assertThat(inspect().fingerprint()).isEqualTo(FIRST);
        assertThat(accept(OTHER)).isTrue();
        assertThat(inspect().fingerprint()).isEqualTo(OTHER);
        assertThat(inspect().offered()).isEmpty();
        assertThat(accept(OTHER)).isFalse();
        assertThat(here.texts("select actor_name from %.audit_record where action = 'console.host_key_accepted'"))
                .containsExactly("owner");
    }

    @Test
    void theFirstKeyAfterARebuildIsPinned() {
        pin(FIRST);
        offer(OTHER);
        here.as(here.owner, () -> {
            here.hostKeys.forget(here.service);
            here.hostKeys.forget(here.service);
            return true;
        });
        assertThat(pin(OTHER)).isEqualTo(OTHER);
        assertThat(inspect().offered()).isEmpty();
        assertThat(here.texts("select action from %.audit_record where action = 'console.host_key_removed'"))
                .as("once, for there was one")
                .hasSize(1);
    }

    @Test
    void aRescueSystemIsKnownByAKeyOfItsOwnEachTime() {
        pin(FIRST);
        rescue(true);
        assertThat(here.as(here.owner, () -> here.hostKeys.find(here.service))).isEmpty();
        assertThat(pin(OTHER)).isEqualTo(OTHER);
        offer("SHA256:third");
        assertThat(inspect().offered().orElseThrow().fingerprint()).isEqualTo("SHA256:third");

        rescue(true);
        assertThat(pin("SHA256:third")).isEqualTo("SHA256:third");
        assertThat(accept(OTHER)).isFalse();

        rescue(false);
        assertThat(inspect().fingerprint()).isEqualTo(FIRST);
        assertThat(inspect().offered()).isEmpty();
        assertThat(here.texts("select fingerprint from %.service_host_key order by fingerprint"))
                .as("what the first start showed is of no use any more")
                .containsExactly(FIRST, "SHA256:third");
    }

    @Test
    void whoOnlyLooksAcceptsNothing() {
        pin(FIRST);
        offer(OTHER);
        assertThatThrownBy(() -> here.as(here.viewer, () -> here.hostKeys.accept(here.service, OTHER)))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(inspect().fingerprint()).isEqualTo(FIRST);
    }

    private void rescue(boolean isIn) {
        here.asOwner("update %.service set rescue = " + (isIn ? "gen_random_uuid()" : "null"));
    }

    private String pin(String fingerprint) {
        return here.as(here.owner, () -> here.hostKeys.pin(here.service, fingerprint));
    }

    private void offer(String fingerprint) {
        here.as(here.owner, () -> {
            here.hostKeys.offered(here.service, fingerprint);
            return true;
        });
    }

    private boolean accept(String fingerprint) {
        return here.as(here.owner, () -> here.hostKeys.accept(here.service, fingerprint));
    }

    private HostKeys.Pinned inspect() {
        return here.as(here.owner, () -> here.hostKeys.find(here.service)).orElseThrow();
    }
}
