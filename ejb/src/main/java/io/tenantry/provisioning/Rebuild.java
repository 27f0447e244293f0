package io.tenantry.provisioning;

import io.tenantry.provider.Mark;
import io.tenantry.provider.Progress.Stage;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Rebuilding;
import io.tenantry.provider.Server;
import io.tenantry.provider.Task;
import io.tenantry.provider.Wish;
import io.tenantry.provisioning.ChangeSteps.Asked;
import io.tenantry.provisioning.ChangeSteps.Standing;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Has a server begin anew. Nobody can see whether it has already; so where the answer was lost, it is asked for again only when the first
 * question cannot come to anything any more, later than any vendor's delay: else it might empty a server that is in use again. Until it is
 * told that it is done nobody uses it, so to begin twice does no harm.
 */
@ApplicationScoped
public class Rebuild implements Worker {
    /** Its kind of work; the key is the wish. */
    public static final String KIND = "rebuild";

    /** What takes longer is looked at by a person. */
    static final Duration PATIENCE = Duration.ofHours(1);

    @Inject
    ChangeSteps steps;

    @Inject
    Upstreams upstreams;

    /** Knows all that may enter a server. */
    @Inject
    Provision provision;

    /** For the container. */
    public Rebuild() {}

    /** For use outside a container. */
    Rebuild(ChangeSteps steps, Upstreams upstreams, Provision provision) {
        this.steps = steps;
        this.upstreams = upstreams;
        this.provision = provision;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        return new Turn(steps, upstreams, provision).work(work);
    }

    private static final class Turn extends Change {
        private final ChangeSteps steps;
        private final Provision provision;

        Turn(ChangeSteps steps, Upstreams upstreams, Provision provision) {
            super(steps, upstreams);
            this.steps = steps;
            this.provision = provision;
        }

        @Override
        Outcome change(Work work, Standing standing, Upstream.Home home, Server server) {
            var wanted = (Wanted.Rebuild) standing.wanted().orElseThrow();
            if (!(home.provider() instanceof Rebuilding rebuilding)) {
                return fail(work, Reason.INVALID, "the vendor makes no server anew");
            }
            Supplier<Task> question = () -> rebuilding.rebuild(server.id(), wish(standing.life(), wanted, home));
            if (standing.asked().isPresent()) {
                return look(work, wanted, standing.asked().get(), home, server, question);
            }
            if (isMoving(server)) {
                throw new ProviderFailure(Reason.BUSY, "server " + server.id() + " is " + server.state());
            }
            return ask(work, home, question);
        }

        /** How far it is. */
        private Outcome look(
                Work work,
                Wanted.Rebuild wanted,
                Asked asked,
                Upstream.Home home,
                Server server,
                Supplier<Task> question) {
            var progress = asked.task().map(home.provider()::progress);
            if (progress.isEmpty()) {
                var isOver = asked.age().compareTo(Calls.DELAY_MAX) > 0 && !isMoving(server);
                return isOver && wanted.age().compareTo(PATIENCE) <= 0
                        ? ask(work, home, question)
                        : await(server, wanted.age(), PATIENCE);
            }
            var stage = progress.get().stage();
            if (stage == Stage.FAILED) {
                return fail(
                        work, Reason.VENDOR, home.mask().apply(progress.get().words()));
            }
            if (stage == Stage.DONE && server.state() == Server.State.FAILED) {
                return fail(work, Reason.VENDOR, "server " + server.id() + " does not come up");
            }
            if (stage == Stage.DONE && server.state() == Server.State.RUNNING) {
                steps.rebuilt(work);
                return Outcome.done();
            }
            return await(server, asked.sinceThen(wanted), PATIENCE);
        }

        private Wish wish(Life life, Wanted.Rebuild wanted, Upstream.Home home) {
            var place = life.place();
            return new Wish(
                    new Mark(life.id()),
                    life.name(),
                    place.region(),
                    place.size(),
                    wanted.image(),
                    provision.keys(life, wanted.handed()),
                    wanted.handed().script(),
                    home.options());
        }
    }
}
