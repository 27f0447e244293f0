package io.tenantry.web.cloud.console;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A socket that records sent messages, and confirms them when requested. */
final class Sent {
    final List<CloseReason> ends = new ArrayList<>();
    final List<String> texts = new ArrayList<>();
    final List<SendHandler> waiting = new ArrayList<>();
    boolean isClosed;
    private final Map<String, Object> properties = new HashMap<>();

    Session session() {
        return session(Optional.empty());
    }

    /** A session opened by a person. */
    Session session(Optional<Principal> person) {
        var remote = (RemoteEndpoint.Async) Proxy.newProxyInstance(
                Sent.class.getClassLoader(),
                new Class<?>[] {RemoteEndpoint.Async.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("sendText")) {
                        texts.add((String) arguments[0]);
                        waiting.add((SendHandler) arguments[1]);
                    }
                    return null;
                });
        return (Session) Proxy.newProxyInstance(
                Sent.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "getAsyncRemote" -> {
                            return remote;
                        }
                        case "isOpen" -> {
                            return !isClosed;
                        }
                        case "getUserProperties" -> {
                            return properties;
                        }
                        case "getUserPrincipal" -> {
                            return person.orElse(null);
                        }
                        case "setMaxTextMessageBufferSize", "setMaxBinaryMessageBufferSize", "setMaxIdleTimeout" -> {
                            return null;
                        }
                        case "hashCode" -> {
                            return System.identityHashCode(proxy);
                        }
                        case "equals" -> {
                            return proxy == arguments[0];
                        }
                        case "close" -> {
                            isClosed = true;
                            ends.add((CloseReason) arguments[0]);
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }

    /** Confirms the first queued message. */
    void goes() {
        waiting.remove(0).onResult(new SendResult());
    }
}
