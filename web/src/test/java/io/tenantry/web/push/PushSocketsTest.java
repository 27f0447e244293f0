package io.tenantry.web.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.people.identity.Sessions;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Scope;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The number of pages of one session that receive signals. */
class PushSocketsTest {
    private static final Subscriber VIEWER =
            new Subscriber(Scope.PLATFORM, UUID.randomUUID(), UUID.randomUUID(), Actor.Kind.OPERATOR, "192.0.2.1");
    private static final Subscriber OTHER =
            new Subscriber(Scope.PLATFORM, UUID.randomUUID(), UUID.randomUUID(), Actor.Kind.OPERATOR, "192.0.2.1");

    private final PushSockets sockets = new PushSockets();
    private final List<String> closed = new ArrayList<>();

    @Test
    void closesOldestSocketBeyondLimit() {
        sockets.sessions = new AllLive();
        sockets.open(socket("other"), OTHER, Optional.empty());
        IntStream.range(0, PushSockets.OF_ONE_SESSION_MAX)
                .forEach(at -> sockets.open(socket("page " + at), VIEWER, Optional.empty()));
        assertThat(closed).isEmpty();

        sockets.open(socket("one more"), VIEWER, Optional.empty());
        sockets.open(socket("and one more"), VIEWER, Optional.empty());

        assertThat(closed).containsExactly("page 0 TRY_AGAIN_LATER", "page 1 TRY_AGAIN_LATER");
    }

    private Session socket(String name) {
        return (Session) Proxy.newProxyInstance(
                PushSocketsTest.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "close" -> closed.add(name + " " + ((CloseReason) arguments[0]).getCloseCode());
                        case "hashCode" -> {
                            return name.hashCode();
                        }
                        case "equals" -> {
                            return proxy == arguments[0];
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }

    private static final class AllLive extends Sessions {
        @Override
        public Map<UUID, Set<UUID>> live(Collection<UUID> sessionIds) {
            return sessionIds.stream().collect(Collectors.toMap(id -> id, id -> Set.of()));
        }
    }
}
