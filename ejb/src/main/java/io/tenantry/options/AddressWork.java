package io.tenantry.options;

import io.tenantry.options.ServiceOption.State;
import io.tenantry.provider.Addresses;
import io.tenantry.provider.Addresses.Address;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/**
 * Has a server get a further address, and gives it back. An address has no mark: it is known by what the server had before the vendor was asked,
 * so that an answer that was lost is not asked for again before it is looked for.
 */
@ApplicationScoped
public class AddressWork implements Worker {
    /** Its kind of work; each wish has a key of its own. */
    public static final String KIND = "address";

    /** One that does not lead to its server by then is looked at by a person. */
    static final Duration PATIENCE = Duration.ofHours(1);

    private static final Duration LATER = Duration.ofSeconds(20);

    @Inject
    OptionWork options;

    @Inject
    OptionSteps steps;

    @Inject
    AddressSteps own;

    /** For the container. */
    public AddressWork() {}

    /** For use outside a container. */
    AddressWork(OptionWork options, OptionSteps steps, AddressSteps own) {
        this.options = options;
        this.steps = steps;
        this.own = own;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        return options.work(work, Addresses.class, "further addresses", this::go, Turn::again);
    }

    private Outcome go(Turn<Addresses> turn) {
        var option = turn.option();
        if (option.state() == State.ORDERED && option.isToWait()) {
            return Outcome.later(ServiceOption.PAUSE);
        }
        return switch (option.state()) {
            case ORDERED -> option.isServerActive() ? get(turn) : drop(turn);
            case ACTIVE, TERMINATED, FAILED -> Outcome.done();
            case TERMINATING -> giveBack(turn);
        };
    }

    private Outcome get(Turn<Addresses> turn) {
        if (turn.option().isUnasked() && own.isBehind(turn.option())) {
            return Outcome.later(LATER); // Before anybody looks: what comes of the one before is no answer to this.
        }
        turn.requireOwn();
        var there = turn.vendor().addresses(turn.serverId());
        var mine = mine(turn.option(), there);
        if (mine.size() > 1) {
            return Outcome.unclear("more addresses came than were asked for: " + texts(mine));
        }
        if (mine.size() == 1) {
            return await(turn, mine.get(0));
        }
        if (turn.option().upstreamId().isPresent()) {
            return turn.isOverdue(PATIENCE)
                    ? Outcome.unclear("address " + turn.option().upstreamId().get() + " does not lead to the server")
                    : Outcome.later(turn.pause(LATER));
        }
        return ask(turn, there);
    }

    private Outcome await(Turn<Addresses> turn, Address address) {
        if (turn.option().upstreamId().isEmpty()) {
            own.note(turn.work(), address.text());
        }
        if (address.ready()) {
            var isListed = turn.home()
                    .provider()
                    .server(turn.serverId())
                    .filter(server -> server.addresses().contains(address.text()))
                    .isPresent();
            own.activate(turn.work(), isListed);
            return Outcome.done();
        }
        return turn.isOverdue(PATIENCE)
                ? Outcome.unclear("address " + address.text() + " is there, but does not lead to the server")
                : Outcome.later(turn.pause(LATER));
    }

    private Outcome ask(Turn<Addresses> turn, List<Address> there) {
        var texts = there.stream().map(Address::text).toList();
        var hindrance = own.announce(turn.work(), texts).hindrance();
        if (hindrance.isPresent()) {
            return hindrance.get();
        }
        var address = options.make(turn, () -> turn.vendor().addAddress(turn.serverId()));
        own.note(turn.work(), address.text());
        return Outcome.later(Turn.SOON);
    }

    /** Its server has ended meanwhile: what the vendor may have given for it is given back, and the order has failed. */
    private Outcome drop(Turn<Addresses> turn) {
        try {
            var given = given(turn);
            given.forEach(address -> turn.vendor().releaseAddress(turn.serverId(), address));
            return given.isEmpty()
                    ? Turn.missed(own.failWithServer(turn.work(), "its server has ended"))
                    : Outcome.later(turn.pause(LATER));
        } catch (ProviderFailure failure) {
            return turn.again(failure); // As often as it takes: nobody else gives it back.
        }
    }

    /** What the vendor keeps of an order: by its number, or by what came after the question. */
    private static List<String> given(Turn<Addresses> turn) {
        if (turn.isAnothers()) {
            return List.of();
        }
        var known = turn.option().upstreamId();
        if (known.isPresent()) {
            return known.filter(address -> turn.vendor().isKept(turn.serverId(), address)).stream()
                    .toList();
        }
        try {
            return mine(turn.option(), turn.vendor().addresses(turn.serverId())).stream()
                    .map(Address::text)
                    .toList();
        } catch (ProviderFailure failure) {
            if (failure.reason() != Reason.NOT_FOUND) {
                throw failure;
            }
            return List.of();
        }
    }

    /** While another is asked for, none is given back: the vendor might give the same again, and nobody could tell it from before. */
    private Outcome giveBack(Turn<Addresses> turn) {
        if (turn.option().isServerActive() && own.isAsked(turn.option().serviceId())) {
            return Outcome.later(ServiceOption.PAUSE);
        }
        var address = turn.option().upstreamId().orElseThrow();
        if (turn.isAnothers() || !turn.vendor().isKept(turn.serverId(), address)) {
            return Turn.missed(own.missed(turn.work()));
        }
        return options.remove(
                turn, List.of(address), () -> turn.vendor().releaseAddress(turn.serverId(), address), LATER);
    }

    /** By its number if that is known, and else what was not there before; nothing before anybody has asked. */
    private static List<Address> mine(ServiceOption option, List<Address> there) {
        if (option.upstreamId().isPresent()) {
            return there.stream()
                    .filter(one -> one.text().equals(option.upstreamId().get()))
                    .toList();
        }
        return option.isMaybeThere()
                ? there.stream()
                        .filter(one -> !option.beside().contains(one.text()))
                        .toList()
                : List.of();
    }

    private static String texts(List<Address> addresses) {
        return String.join(", ", addresses.stream().map(Address::text).toList());
    }
}
