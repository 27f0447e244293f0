package io.tenantry.web.push;

import io.tenantry.kernel.push.Signal;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Scope;
import java.security.Principal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The person who views a page, as identified by the request that opened the socket.
 *
 * @param scope the scope of the sign-in
 * @param sessionId the id of the session
 * @param address the network address of that request
 */
record Subscriber(Scope scope, UUID sessionId, UUID personId, Actor.Kind kind, String address) implements Principal {
    @Override
    public String getName() {
        return personId.toString();
    }

    /**
     * Returns the message for a signal, if it concerns the person.
     *
     * @param organizations the organizations for which the person acts
     */
    Optional<String> word(Signal signal, Set<UUID> organizations) {
        var mine = signal.schema().equals(scope.schema());
        var concerned = switch (signal.kind()) {
            case RUN -> mine || kind == Actor.Kind.OPERATOR;
            case WORK -> kind == Actor.Kind.OPERATOR || (mine && kind == Actor.Kind.STAFF);
            case DISCREPANCY -> mine && kind == Actor.Kind.STAFF;
            case NOTIFICATION -> mine && (signal.about().equals(Signal.EVERYBODY) || isMe(signal));
            case BALANCE, SERVICE ->
                mine
                        && (kind == Actor.Kind.STAFF
                                || organizations.stream()
                                        .anyMatch(id -> signal.about().equals(id.toString())));
            case SESSION, TENANT, MAIL -> false;
        };
        return concerned ? Optional.of(signal.kind().name().toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    /** Returns whether this session may have ended: the person's sessions or permissions changed, or the tenant's portal was closed. */
    boolean isToBeAsked(Signal signal) {
        return signal.schema().equals(scope.schema())
                && (signal.kind() == Signal.Kind.TENANT || (signal.kind() == Signal.Kind.SESSION && isMe(signal)));
    }

    private boolean isMe(Signal signal) {
        return signal.about().equals(personId.toString());
    }
}
