package io.tenantry.cloud.console;

import io.tenantry.config.Settings;
import io.tenantry.kernel.push.Signal;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The consoles that are open or being opened on this node, limited in number and duration. */
@ApplicationScoped
public class ConsoleSlots {
    private static final System.Logger LOG = System.getLogger(ConsoleSlots.class.getName());
    private static final Duration AGE_MAX = Duration.ofHours(8);

    /** The part of a reseller's slots that one organization may use. */
    private static final int ORGANIZATION_PART = 4;

    /** The part of a reseller's slots that is left to its staff. */
    private static final int RESERVED_PART = 10;

    @Inject
    Settings settings;

    @Inject
    ConsoleAccess consoleAccess;

    private final Set<ConsoleSlot> seats = new HashSet<>();

    /** For the container. */
    public ConsoleSlots() {}

    /** For use outside a container. */
    public ConsoleSlots(Settings settings, ConsoleAccess consoleAccess) {
        this.settings = settings;
        this.consoleAccess = consoleAccess;
    }

    /**
     * The slot of one console.
     *
     * @param scope the scope of the user
     */
    record ConsoleSlot(
            Scope scope,
            Actor person,
            UUID sessionId,
            UUID organizationId,
            UUID serviceId,
            ConsoleToken.Kind kind,
            Console console) {
        private boolean isOfMember() {
            return person.kind() == Actor.Kind.MEMBER;
        }
    }

    /**
     * Takes a slot; false if the node, the reseller, its customers, the organization or the user has reached the limit. An organization's members
     * have a quarter of the reseller's slots at most, and all members nine tenths, so that neither other customers nor staff are kept out.
     */
    synchronized boolean take(ConsoleSlot consoleSlot) {
        var reseller = seats.stream()
                .filter(one -> one.scope().equals(consoleSlot.scope()))
                .toList();
        var own = reseller.stream()
                .filter(one -> one.person().equals(consoleSlot.person()))
                .count();
        return (!consoleSlot.isOfMember() || hasRoom(consoleSlot, reseller))
                && seats.size() < settings.consoles().perNode()
                && reseller.size() < settings.consoles().perTenant()
                && own < settings.consoles().perPerson()
                && seats.add(consoleSlot);
    }

    private boolean hasRoom(ConsoleSlot consoleSlot, List<ConsoleSlot> reseller) {
        var all = settings.consoles().perTenant();
        var members = reseller.stream().filter(ConsoleSlot::isOfMember).toList();
        var colleagues = members.stream()
                .filter(one -> one.organizationId().equals(consoleSlot.organizationId()))
                .count();
        return members.size() < all - all / RESERVED_PART
                && colleagues < Math.max(settings.consoles().perPerson(), all / ORGANIZATION_PART);
    }

    synchronized void leave(ConsoleSlot consoleSlot) {
        seats.remove(consoleSlot);
    }

    /** Whether there is another console of the same kind and service. */
    synchronized boolean isAnother(ConsoleSlot consoleSlot) {
        return seats.stream()
                .anyMatch(one -> !one.equals(consoleSlot)
                        && one.scope().equals(consoleSlot.scope())
                        && one.serviceId().equals(consoleSlot.serviceId())
                        && one.kind() == consoleSlot.kind());
    }

    /** Returns the number of slots taken. */
    public synchronized int count() {
        return seats.size();
    }

    /** Ends the consoles that may not continue. */
    public void check() {
        check(copy());
    }

    /** Immediately ends the consoles of a user whose sessions or permissions changed, and those of a tenant whose portal was closed. */
    void heard(@Observes Signal signal) {
        if (signal.kind() == Signal.Kind.SESSION || signal.kind() == Signal.Kind.TENANT) {
            check(copy().stream()
                    .filter(consoleSlot -> concerns(signal, consoleSlot))
                    .toList());
        }
    }

    private static boolean concerns(Signal signal, ConsoleSlot consoleSlot) {
        return signal.schema().equals(consoleSlot.scope().schema())
                && (signal.kind() == Signal.Kind.TENANT
                        || signal.about()
                                .equals(String.valueOf(consoleSlot.person().personId())));
    }

    private void check(List<ConsoleSlot> asked) {
        for (var consoleSlot : asked) {
            try {
                why(consoleSlot).ifPresent(consoleSlot.console()::end);
            } catch (RuntimeException failure) {
                LOG.log(System.Logger.Level.WARNING, "consoles could not be checked", failure);
            }
        }
    }

    /** Ends all consoles: the node is shutting down. */
    public void close() {
        copy().forEach(consoleSlot -> consoleSlot.console().end(ConsoleEndReason.SHUTDOWN));
    }

    private synchronized List<ConsoleSlot> copy() {
        return List.copyOf(seats);
    }

    private Optional<ConsoleEndReason> why(ConsoleSlot consoleSlot) {
        if (consoleSlot.console().idle().compareTo(settings.consoles().idle()) > 0) {
            return Optional.of(ConsoleEndReason.IDLE_TIMEOUT);
        }
        if (consoleSlot.console().age().compareTo(AGE_MAX) > 0) {
            return Optional.of(ConsoleEndReason.TIME_LIMIT);
        }
        try (var actorScope = Actors.enter(consoleSlot.person())) {
            return Tenancy.in(
                    consoleSlot.scope(), () -> consoleAccess.leave(consoleSlot.serviceId(), consoleSlot.sessionId()));
        }
    }
}
