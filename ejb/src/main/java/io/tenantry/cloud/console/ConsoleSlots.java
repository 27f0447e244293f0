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

    private final Set<Seat> seats = new HashSet<>();

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
    record Seat(
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
    synchronized boolean take(Seat seat) {
        var reseller =
                seats.stream().filter(one -> one.scope().equals(seat.scope())).toList();
        var own = reseller.stream()
                .filter(one -> one.person().equals(seat.person()))
                .count();
        return (!seat.isOfMember() || hasRoom(seat, reseller))
                && seats.size() < settings.consoleMost()
                && reseller.size() < settings.consoleTenant()
                && own < settings.consoleEach()
                && seats.add(seat);
    }

    private boolean hasRoom(Seat seat, List<Seat> reseller) {
        var all = settings.consoleTenant();
        var members = reseller.stream().filter(Seat::isOfMember).toList();
        var colleagues = members.stream()
                .filter(one -> one.organizationId().equals(seat.organizationId()))
                .count();
        return members.size() < all - all / RESERVED_PART
                && colleagues < Math.max(settings.consoleEach(), all / ORGANIZATION_PART);
    }

    synchronized void leave(Seat seat) {
        seats.remove(seat);
    }

    /** Whether there is another console of the same kind and service. */
    synchronized boolean isAnother(Seat seat) {
        return seats.stream()
                .anyMatch(one -> !one.equals(seat)
                        && one.scope().equals(seat.scope())
                        && one.serviceId().equals(seat.serviceId())
                        && one.kind() == seat.kind());
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
            check(copy().stream().filter(seat -> concerns(signal, seat)).toList());
        }
    }

    private static boolean concerns(Signal signal, Seat seat) {
        return signal.schema().equals(seat.scope().schema())
                && (signal.kind() == Signal.Kind.TENANT
                        || signal.about().equals(String.valueOf(seat.person().personId())));
    }

    private void check(List<Seat> asked) {
        for (var seat : asked) {
            try {
                why(seat).ifPresent(seat.console()::end);
            } catch (RuntimeException failure) {
                LOG.log(System.Logger.Level.WARNING, "consoles could not be checked", failure);
            }
        }
    }

    /** Ends all consoles: the node is shutting down. */
    public void close() {
        copy().forEach(seat -> seat.console().end(ConsoleEndReason.CLOSING));
    }

    private synchronized List<Seat> copy() {
        return List.copyOf(seats);
    }

    private Optional<ConsoleEndReason> why(Seat seat) {
        if (seat.console().idle().compareTo(settings.consoleIdle()) > 0) {
            return Optional.of(ConsoleEndReason.IDLE);
        }
        if (seat.console().age().compareTo(AGE_MAX) > 0) {
            return Optional.of(ConsoleEndReason.LONG);
        }
        try (var acting = Actors.enter(seat.person())) {
            return Tenancy.in(seat.scope(), () -> consoleAccess.leave(seat.serviceId(), seat.sessionId()));
        }
    }
}
