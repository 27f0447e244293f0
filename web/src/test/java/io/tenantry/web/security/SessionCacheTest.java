package io.tenantry.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.people.identity.AuthenticatedPerson;
import io.tenantry.people.identity.Sessions;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionCacheTest {
    private static final UUID SESSION = UUID.fromString("00000000-0000-7000-8000-000000000001");

    private final SessionCache cache = new SessionCache();
    private String name = "Olga Owner";
    private Runnable meanwhile = () -> {};

    SessionCacheTest() {
        cache.sessions = new Sessions() {
            @Override
            public Optional<AuthenticatedPerson> find(UUID sessionId) {
                var person =
                        new AuthenticatedPerson(sessionId, "olga@aurora.example", name, Actor.Kind.MEMBER, null, null);
                meanwhile.run();
                return Optional.of(person);
            }
        };
    }

    private String found() {
        return Tenancy.in(
                Scope.PLATFORM, () -> cache.find(SESSION).orElseThrow().name());
    }

    @Test
    void readsPersonOnceUntilForgotten() {
        assertThat(found()).isEqualTo("Olga Owner");
        name = "Olga Other";
        assertThat(found()).isEqualTo("Olga Owner");
        cache.forget();
        assertThat(found()).isEqualTo("Olga Other");
    }

    @Test
    void cachesNoPersonReadBeforeChange() {
        meanwhile = () -> {
            name = "Olga Other";
            cache.forget();
        };
        assertThat(found()).isEqualTo("Olga Owner");
        meanwhile = () -> {};
        assertThat(found()).isEqualTo("Olga Other");
    }
}
