package io.tenantry.options;

import io.tenantry.options.ServiceOption.Wanted;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Progress;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Task;
import io.tenantry.provider.Volumes;
import io.tenantry.provider.Volumes.Volume;
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

    /** So long after a lost answer it is asked for again. */
    static final Duration UNTIL_AGAIN = Duration.ofSeconds(30);

    /** After so many questions of which nobody knows what came, a person looks. */
    private static final int LOST_MAX = 5;

    private static final Announced.Rule RULE = new Announced.Rule(OptionRecords.DELAY_MAX, LOST_MAX);
    private static final Duration LATER = Duration.ofMinutes(1);

    @Inject
    OptionWork options;

    @Inject
    OptionSteps steps;

    @Inject
    VolumeSteps own;

    /** For the container. */
    public VolumeWork() {}

    /** For use outside a container. */
    VolumeWork(OptionWork options, OptionSteps steps, VolumeSteps own) {
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
        return options.work(work, Volumes.class, "volumes", this::go, this::giveUp);
    }

    private Outcome go(Turn<Volumes> turn) {
        var wanted = turn.option().wanted();
        return switch (turn.option().state()) {
            case ORDERED -> make(turn);
            case ACTIVE -> wanted.isPresent() ? change(turn, wanted.get()) : Outcome.done();
            case TERMINATING -> remove(turn);
            case TERMINATED, FAILED -> Outcome.done();
        };
    }

    private Outcome make(Turn<Volumes> turn) {
        var marked = there(turn);
        if (marked.size() > 1) {
            return Outcome.unclear("volumes with the mark of one: " + String.join(", ", ids(marked)));
        }
        if (marked.size() == 1) {
            return await(turn, marked.get(0));
        }
        if (turn.option().upstreamId().isPresent()) {
            return turn.isOverdue(PATIENCE)
                    ? Outcome.unclear("volume " + turn.option().upstreamId().get() + " is not there")
                    : Outcome.later(Turn.SOON);
        }
        var hindrance = steps.announceCreation(turn.work(), RULE).hindrance();
        return hindrance.isPresent() ? hindrance.get() : create(turn);
    }

    private Outcome create(Turn<Volumes> turn) {
        var option = turn.option();
        var mark = new Mark(option.id());
        var volume =
                options.make(turn, () -> turn.vendor().createVolume(mark, option.upstreamRegion(), option.quantity()));
        steps.note(turn.work(), volume.id());
        return Outcome.later(Turn.SOON);
    }

    private Outcome await(Turn<Volumes> turn, Volume volume) {
        if (turn.option().upstreamId().isEmpty()) {
            steps.note(turn.work(), volume.id());
        }
        if (volume.ready()) {
            own.activate(turn.work());
            return Outcome.later(Duration.ZERO);
        }
        return turn.isOverdue(PATIENCE)
                ? Outcome.unclear("volume " + volume.id() + " is not ready")
                : Outcome.later(Turn.SOON);
    }

    private Outcome change(Turn<Volumes> turn, Wanted wanted) {
        var option = turn.option();
        if (wanted == Wanted.ATTACH && !option.isServerActive()) {
            own.drop(turn.work());
            return Outcome.done();
        }
        var id = option.upstreamId().orElse("");
        var volume = turn.vendor().volumes().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "there is no volume " + id));
        if (volume.ready() && isSo(option, wanted, volume)) {
            own.done(turn.work());
            return Outcome.done();
        }
        if (wanted != Wanted.GROW && option.isToWait()) {
            return Outcome.later(ServiceOption.PAUSE);
        }
        return option.asked().isPresent() ? progress(turn, option.asked().get(), wanted) : ask(turn, wanted);
    }

    private Outcome ask(Turn<Volumes> turn, Wanted wanted) {
        if (wanted == Wanted.ATTACH) {
            turn.requireOwn();
        }
        if (turn.option().lost() >= LOST_MAX) {
            return tooLong(turn, wanted, "asked " + turn.option().lost() + " times, and no answer came");
        }
        steps.announce(turn.work());
        steps.taken(turn.work(), options.ask(turn, () -> asked(turn, wanted)));
        return Outcome.later(Turn.SOON);
    }

    private static Task asked(Turn<Volumes> turn, Wanted wanted) {
        var option = turn.option();
        var id = option.upstreamId().orElse("");
        return switch (wanted) {
            case ATTACH -> turn.vendor().attach(id, option.serverId().orElse(""));
            case DETACH -> turn.vendor().detach(id);
            case GROW -> turn.vendor().grow(id, option.wantedQuantity());
            case RESTORE, POLICY -> throw new IllegalStateException("no volume: " + option.id());
        };
    }

    private Outcome progress(Turn<Volumes> turn, ServiceOption.Asked asked, Wanted wanted) {
        var progress = turn.progress();
        if (progress.filter(one -> one.stage() == Progress.Stage.FAILED).isPresent()) {
            steps.refused(turn.work()); // Whoever looks again has it asked for once more.
            return tooLong(turn, wanted, turn.words(progress.get()));
        }
        if (turn.isOverdue(PATIENCE)) {
            return tooLong(turn, wanted, "not done after " + asked.age());
        }
        var isLost = asked.task().isEmpty() && asked.age().compareTo(UNTIL_AGAIN) > 0;
        return isLost ? ask(turn, wanted) : Outcome.later(Turn.SOON);
    }

    /** It is as it was, for all we know; but of a size that costs a person has to be certain. */
    private Outcome tooLong(Turn<Volumes> turn, Wanted wanted, String words) {
        if (wanted == Wanted.GROW) {
            return Outcome.unclear(words);
        }
        own.giveUp(turn.work(), Reason.VENDOR);
        return Outcome.done();
    }

    private Outcome remove(Turn<Volumes> turn) {
        var there = there(turn);
        if (there.isEmpty()) {
            return Turn.missed(steps.missed(turn.work()));
        }
        return options.remove(turn, ids(there), () -> there.forEach(volume -> remove(turn.vendor(), volume)), LATER);
    }

    /** One that is at a server is taken off it first. */
    static void remove(Volumes vendor, Volume volume) {
        if (volume.serverId().isPresent()) {
            var unused = vendor.detach(volume.id());
        } else {
            vendor.deleteVolume(volume.id());
        }
    }

    /** All that the vendor has of it: by its mark, and by the number that we know. */
    private static List<Volume> there(Turn<Volumes> turn) {
        var mark = Optional.of(new Mark(turn.option().id()));
        return turn.vendor().volumes().stream()
                .filter(one -> one.mark().equals(mark)
                        || turn.option().upstreamId().filter(one.id()::equals).isPresent())
                .toList();
    }

    private static boolean isSo(ServiceOption option, Wanted wanted, Volume volume) {
        return switch (wanted) {
            case ATTACH -> option.serverId().isPresent() && volume.serverId().equals(option.serverId());
            case DETACH -> volume.serverId().isEmpty();
            case GROW -> volume.sizeGib() >= option.wantedQuantity();
            case RESTORE, POLICY -> false;
        };
    }

    /** It is as it was, for all we know; but whether it has grown a person has to be certain. */
    private Outcome giveUp(Turn<Volumes> turn, ProviderFailure failure) {
        if (turn.option().wants(Wanted.GROW) && OptionWork.mayHelp(failure)) {
            return Outcome.unclear(turn.home().words(failure));
        }
        own.giveUp(turn.work(), failure.reason());
        return Outcome.done();
    }

    private static List<String> ids(List<Volume> volumes) {
        return volumes.stream().map(Volume::id).toList();
    }
}
