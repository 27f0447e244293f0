package io.tenantry.options;

import io.tenantry.options.ServiceOption.Wanted;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Progress;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Task;
import io.tenantry.provider.Volumes;
import io.tenantry.provider.Volumes.Volume;
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
 * Has a volume made, attached, detached, grown and deleted, as its row says. It looks first: a volume that is so already is fine, one with
 * its mark is not made again.
 */
@ApplicationScoped
public class VolumeWork implements Worker {
    /** Its kind of work; each wish has a key of its own. */
    public static final String KIND = "volume";

    /** What takes longer to be done has failed, or a person looks. */
    static final Duration PATIENCE = Duration.ofMinutes(20);

    /** One that is still there by then is looked at by a person. */
    private static final Duration PATIENCE_OF_ENDS = Duration.ofDays(1);

    /** So long after a lost answer it is asked for again. */
    static final Duration UNTIL_AGAIN = Duration.ofSeconds(30);

    private static final int ATTEMPTS_MAX = 5;
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration FIRST_MINUTES = Duration.ofMinutes(3);
    private static final Duration LATER = Duration.ofMinutes(1);

    @Inject
    VolumeSteps steps;

    @Inject
    Upstreams upstreams;

    /** For the container. */
    public VolumeWork() {}

    /** For use outside a container. */
    VolumeWork(VolumeSteps steps, Upstreams upstreams) {
        this.steps = steps;
        this.upstreams = upstreams;
    }

    /** What is at hand in one turn. */
    private record Turn(Work work, ServiceOption option, Upstream.Home home, Volumes volumes) {}

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
        if (home.isEmpty() || !(home.get().provider() instanceof Volumes volumes)) {
            return Outcome.unclear("there are no volumes in the account " + option.account());
        }
        var turn = new Turn(work, option, home.get(), volumes);
        try {
            return switch (option.state()) {
                case ORDERED -> make(turn);
                case ACTIVE ->
                    option.wanted().isPresent() ? change(turn, option.wanted().get()) : Outcome.done();
                case TERMINATING -> remove(turn);
                case TERMINATED, FAILED -> Outcome.done();
            };
        } catch (ProviderFailure failure) {
            return inVain(turn, failure);
        }
    }

    private Outcome make(Turn turn) {
        var marked = there(turn);
        if (marked.size() > 1) {
            return Outcome.unclear("volumes with the mark of one: " + ids(marked));
        }
        if (marked.size() == 1) {
            return await(turn, marked.get(0));
        }
        if (turn.option().upstreamId().isPresent()) {
            return isOverdue(turn, PATIENCE)
                    ? Outcome.unclear("volume " + turn.option().upstreamId().get() + " is not there")
                    : Outcome.later(SOON);
        }
        var announced = steps.announceCreation(turn.work());
        if (announced instanceof VolumeSteps.Announced.Wait wait) {
            return Outcome.later(wait.pause());
        }
        if (announced instanceof VolumeSteps.Announced.Enough enough) {
            return Outcome.unclear("asked for it " + enough.questions() + " times, and nothing came of it");
        }
        return create(turn);
    }

    private Outcome create(Turn turn) {
        var option = turn.option();
        Volume volume;
        try {
            volume = turn.volumes().createVolume(new Mark(option.id()), option.upstreamRegion(), option.quantity());
        } catch (ProviderFailure failure) {
            if (!failure.maybeDone()) {
                steps.refused(turn.work());
            }
            throw failure;
        }
        steps.note(turn.work(), volume.id());
        return Outcome.later(SOON);
    }

    private Outcome await(Turn turn, Volume volume) {
        if (turn.option().upstreamId().isEmpty()) {
            steps.note(turn.work(), volume.id());
        }
        if (volume.ready()) {
            steps.activate(turn.work());
            return Outcome.later(Duration.ZERO);
        }
        return isOverdue(turn, PATIENCE)
                ? Outcome.unclear("volume " + volume.id() + " is not ready")
                : Outcome.later(SOON);
    }

    private Outcome change(Turn turn, Wanted wanted) {
        var option = turn.option();
        if (wanted == Wanted.ATTACH && !option.isServerActive()) {
            steps.drop(turn.work());
            return Outcome.done();
        }
        var id = option.upstreamId().orElse("");
        var volume = turn.volumes().volumes().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "there is no volume " + id));
        if (volume.ready() && isSo(option, wanted, volume)) {
            steps.done(turn.work());
            return Outcome.done();
        }
        if (wanted != Wanted.GROW && option.isToWait()) {
            return Outcome.later(ServiceOption.PAUSE);
        }
        return option.asked().isPresent() ? progress(turn, option.asked().get(), wanted) : ask(turn, wanted);
    }

    private Outcome ask(Turn turn, Wanted wanted) {
        if (wanted == Wanted.ATTACH) {
            requireOwn(turn);
        }
        if (turn.option().lost() >= VolumeSteps.LOST_MAX) {
            return tooLong(turn, wanted, "asked " + turn.option().lost() + " times, and no answer came");
        }
        steps.announce(turn.work());
        Task task;
        try {
            task = asked(turn, wanted);
        } catch (ProviderFailure failure) {
            if (failure.maybeDone()) {
                steps.unsure(turn.work());
            } else {
                steps.refused(turn.work());
            }
            throw failure;
        }
        steps.taken(turn.work(), task);
        return Outcome.later(SOON);
    }

    /** The server's number may have been given to another: to that one nothing is attached. */
    private static void requireOwn(Turn turn) {
        var option = turn.option();
        turn.home().requireOwn(option.serverId().orElse(""), new Mark(option.serviceId()));
    }

    private static Task asked(Turn turn, Wanted wanted) {
        var option = turn.option();
        var id = option.upstreamId().orElse("");
        return switch (wanted) {
            case ATTACH -> turn.volumes().attach(id, option.serverId().orElse(""));
            case DETACH -> turn.volumes().detach(id);
            case GROW -> turn.volumes().grow(id, option.wantedQuantity());
            case RESTORE -> throw new IllegalStateException("volume " + option.id() + " is to be put back");
        };
    }

    private Outcome progress(Turn turn, ServiceOption.Asked asked, Wanted wanted) {
        var progress = asked.task().map(turn.home().provider()::progress);
        if (progress.filter(one -> one.stage() == Progress.Stage.FAILED).isPresent()) {
            return tooLong(turn, wanted, progress.get().words());
        }
        if (isOverdue(turn, PATIENCE)) {
            return tooLong(turn, wanted, "not done after " + asked.age());
        }
        var isLost = asked.task().isEmpty() && asked.age().compareTo(UNTIL_AGAIN) > 0;
        return isLost ? ask(turn, wanted) : Outcome.later(SOON);
    }

    /** It is as it was, for all we know; but of a size that costs a person has to be certain. */
    private Outcome tooLong(Turn turn, Wanted wanted, String words) {
        if (wanted == Wanted.GROW) {
            return Outcome.unclear(Upstream.Home.words(turn.home().mask().apply(words)));
        }
        steps.giveUp(turn.work(), Reason.VENDOR);
        return Outcome.done();
    }

    private Outcome remove(Turn turn) {
        var there = there(turn);
        if (there.isEmpty()) {
            return steps.missed(turn.work()) ? Outcome.done() : Outcome.later(OptionRecords.GRACE.plusSeconds(1));
        }
        var age = steps.leave(turn.work());
        if (age.compareTo(PATIENCE_OF_ENDS) > 0) {
            return Outcome.unclear("still there after " + age + ": " + ids(there));
        }
        for (var volume : there) {
            if (volume.serverId().isPresent()) {
                var unused = turn.volumes().detach(volume.id());
            } else {
                turn.volumes().deleteVolume(volume.id());
            }
        }
        return Outcome.later(age.compareTo(FIRST_MINUTES) < 0 ? SOON : LATER);
    }

    /** All that the vendor has of it: by its mark, and by the number that we know. */
    private static List<Volume> there(Turn turn) {
        var mark = Optional.of(new Mark(turn.option().id()));
        return turn.volumes().volumes().stream()
                .filter(one -> one.mark().equals(mark)
                        || turn.option().upstreamId().filter(one.id()::equals).isPresent())
                .toList();
    }

    private static boolean isSo(ServiceOption option, Wanted wanted, Volume volume) {
        return switch (wanted) {
            case ATTACH -> option.serverId().isPresent() && volume.serverId().equals(option.serverId());
            case DETACH -> volume.serverId().isEmpty();
            case GROW -> volume.sizeGib() >= option.wantedQuantity();
            case RESTORE -> false;
        };
    }

    private static boolean isOverdue(Turn turn, Duration patience) {
        return turn.option()
                .asked()
                .filter(one -> one.age().compareTo(patience) > 0)
                .isPresent();
    }

    /** Comes again; but people wait, and do not wait for long. */
    private Outcome inVain(Turn turn, ProviderFailure failure) {
        var words = turn.home().words(failure);
        var isEnd = turn.option().state() == ServiceOption.State.TERMINATING;
        var mayHelp = failure.isPassing() || failure.maybeDone();
        if (isEnd || (mayHelp && turn.work().attempt() < ATTEMPTS_MAX)) {
            return new Outcome.InVain(words, failure.comeAgainIn());
        }
        if (turn.option().state() == ServiceOption.State.ORDERED) {
            return steps.fail(turn.work(), failure.reason(), words) ? Outcome.done() : Outcome.unclear(words);
        }
        if (turn.option().wants(Wanted.GROW) && mayHelp) {
            return Outcome.unclear(words);
        }
        steps.giveUp(turn.work(), failure.reason());
        return Outcome.done();
    }

    private static String ids(List<Volume> volumes) {
        return String.join(", ", volumes.stream().map(Volume::id).toList());
    }
}
