package io.tenantry.options;

import io.tenantry.options.VolumeSteps.Announced;
import io.tenantry.provider.Addresses;
import io.tenantry.provider.Addresses.Address;
import io.tenantry.provider.Mark;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provisioning.Upstream;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

    private static final Duration PATIENCE_OF_ENDS = Duration.ofDays(1);
    private static final int ATTEMPTS_MAX = 5;
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration FIRST_MINUTES = Duration.ofMinutes(3);
    private static final Duration LATER = Duration.ofSeconds(20);

    @Inject
    AddressSteps steps;

    @Inject
    Upstreams upstreams;

    /** For the container. */
    public AddressWork() {}

    /** For use outside a container. */
    AddressWork(AddressSteps steps, Upstreams upstreams) {
        this.steps = steps;
        this.upstreams = upstreams;
    }

    /** What is at hand in one turn. */
    private record Turn(Work work, ServiceOption option, String serverId, Upstream.Home home, Addresses addresses) {
        boolean isAnothers() {
            return home.isAnothers(serverId, new Mark(option.serviceId()));
        }

        /** What the server has, of which some may be this one. */
        List<Address> there() {
            home.requireOwn(serverId, new Mark(option.serviceId()));
            return addresses.addresses(serverId);
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        if (steps.isPast(work)) {
            return Outcome.done();
        }
        var option = steps.read(work.subject());
        Optional<Upstream.Home> home;
        try {
            home = upstreams.open(option.account());
        } catch (ProviderFailure shut) {
            return Outcome.inVain(Upstream.Home.words(String.valueOf(shut.getMessage())));
        }
        if (home.isEmpty() || !(home.get().provider() instanceof Addresses addresses)) {
            return Outcome.unclear("there are no further addresses in the account " + option.account());
        }
        if (option.state() == ServiceOption.State.ORDERED && option.isToWait()) {
            return Outcome.later(ServiceOption.PAUSE);
        }
        var turn = new Turn(work, option, option.serverId().orElse(""), home.get(), addresses);
        try {
            return switch (option.state()) {
                case ORDERED -> option.isServerActive() ? get(turn) : drop(turn);
                case ACTIVE, TERMINATED, FAILED -> Outcome.done();
                case TERMINATING -> giveBack(turn);
            };
        } catch (ProviderFailure failure) {
            return inVain(turn, failure);
        }
    }

    private Outcome get(Turn turn) {
        var there = turn.there();
        var mine = mine(turn.option(), there);
        if (mine.size() > 1) {
            return Outcome.unclear("more addresses came than were asked for: " + texts(mine));
        }
        if (mine.size() == 1) {
            return await(turn, mine.get(0));
        }
        if (turn.option().upstreamId().isPresent()) {
            return isOverdue(turn)
                    ? Outcome.unclear("address " + turn.option().upstreamId().get() + " does not lead to the server")
                    : Outcome.later(pause(turn));
        }
        return ask(turn, there);
    }

    private Outcome await(Turn turn, Address address) {
        if (turn.option().upstreamId().isEmpty()) {
            steps.note(turn.work(), address.text());
        }
        if (address.ready()) {
            var isListed = turn.home()
                    .provider()
                    .server(turn.serverId())
                    .filter(server -> server.addresses().contains(address.text()))
                    .isPresent();
            steps.activate(turn.work(), isListed);
            return Outcome.done();
        }
        return isOverdue(turn)
                ? Outcome.unclear("address " + address.text() + " is there, but does not lead to the server")
                : Outcome.later(pause(turn));
    }

    private Outcome ask(Turn turn, List<Address> there) {
        var announced =
                steps.announce(turn.work(), there.stream().map(Address::text).toList());
        if (announced instanceof Announced.Wait wait) {
            return Outcome.later(wait.pause());
        }
        if (announced instanceof Announced.Enough enough) {
            return Outcome.unclear("asked for it " + enough.questions() + " times, and nothing came of it");
        }
        Address address;
        try {
            address = turn.addresses().addAddress(turn.serverId());
        } catch (ProviderFailure failure) {
            if (!failure.maybeDone()) {
                steps.refused(turn.work());
            }
            throw failure;
        }
        steps.note(turn.work(), address.text());
        return Outcome.later(SOON);
    }

    /** Its server has ended meanwhile: what the vendor may have given for it is given back, and the order has failed. */
    private Outcome drop(Turn turn) {
        var words = "its server has ended";
        if (!turn.option().isMaybeThere() && turn.option().upstreamId().isEmpty()) {
            return steps.fail(turn.work(), Reason.NOT_FOUND, words) ? Outcome.done() : Outcome.unclear(words);
        }
        var given = given(turn);
        given.forEach(address -> turn.addresses().releaseAddress(turn.serverId(), address));
        if (!given.isEmpty()) {
            return Outcome.later(pause(turn));
        }
        return steps.failWithServer(turn.work(), words)
                ? Outcome.done()
                : Outcome.later(OptionRecords.GRACE.plusSeconds(1));
    }

    /** What the vendor keeps of an order: by its number, or by what came after the question. */
    private static List<String> given(Turn turn) {
        if (turn.isAnothers()) {
            return List.of();
        }
        var known = turn.option().upstreamId();
        if (known.isPresent()) {
            return known.filter(address -> turn.addresses().isKept(turn.serverId(), address)).stream()
                    .toList();
        }
        try {
            return mine(turn.option(), turn.addresses().addresses(turn.serverId())).stream()
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
    private Outcome giveBack(Turn turn) {
        if (turn.option().isServerActive() && steps.isAsked(turn.option().serviceId())) {
            return Outcome.later(ServiceOption.PAUSE);
        }
        var address = turn.option().upstreamId().orElseThrow();
        if (turn.isAnothers() || !turn.addresses().isKept(turn.serverId(), address)) {
            return steps.missed(turn.work()) ? Outcome.done() : Outcome.later(OptionRecords.GRACE.plusSeconds(1));
        }
        var age = steps.leave(turn.work());
        if (age.compareTo(PATIENCE_OF_ENDS) > 0) {
            return Outcome.unclear("still there after " + age + ": " + address);
        }
        turn.addresses().releaseAddress(turn.serverId(), address);
        return Outcome.later(pause(turn));
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

    private static boolean isOverdue(Turn turn) {
        return turn.option()
                .asked()
                .filter(one -> one.age().compareTo(PATIENCE) > 0)
                .isPresent();
    }

    private static Duration pause(Turn turn) {
        var age = turn.option().asked().map(ServiceOption.Asked::age).orElse(Duration.ZERO);
        return age.compareTo(FIRST_MINUTES) < 0 ? SOON : LATER;
    }

    /** Comes again; but people wait, and do not wait for long. */
    private Outcome inVain(Turn turn, ProviderFailure failure) {
        var words = turn.home().words(failure);
        var mayHelp = failure.isPassing() || failure.maybeDone();
        var isEnd = turn.option().state() == ServiceOption.State.TERMINATING
                || !turn.option().isServerActive();
        if (isEnd || (mayHelp && turn.work().attempt() < ATTEMPTS_MAX)) {
            return new Outcome.InVain(words, failure.comeAgainIn());
        }
        return steps.fail(turn.work(), failure.reason(), words) ? Outcome.done() : Outcome.unclear(words);
    }

    private static String texts(List<Address> addresses) {
        return String.join(", ", addresses.stream().map(Address::text).toList());
    }
}
