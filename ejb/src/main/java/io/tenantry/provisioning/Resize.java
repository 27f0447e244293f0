package io.tenantry.provisioning;

import io.tenantry.provider.Progress.Stage;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Resizing;
import io.tenantry.provider.Server;
import io.tenantry.provisioning.ChangeSteps.Asked;
import io.tenantry.provisioning.ChangeSteps.Standing;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * Gives a server the size of the plan that is wanted, and then its service that plan: the price changes in the transaction that notes that
 * the vendor has done it. A server that has the size already is fine; to ask for the same size twice is as good as once.
 */
@ApplicationScoped
public class Resize implements Worker {
    /** Its kind of work; the key is the wish. */
    public static final String KIND = "resize";

    /** Disks are moved from host to host meanwhile. */
    static final Duration PATIENCE = Duration.ofHours(3);

    /** So long after a lost answer it is asked for again. */
    static final Duration UNTIL_AGAIN = Duration.ofMinutes(2);

    @Inject
    ChangeSteps steps;

    @Inject
    Upstreams upstreams;

    /** For the container. */
    public Resize() {}

    /** For use outside a container. */
    Resize(ChangeSteps steps, Upstreams upstreams) {
        this.steps = steps;
        this.upstreams = upstreams;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        return new Turn(steps, upstreams).work(work);
    }

    private static final class Turn extends Change {
        private final ChangeSteps steps;

        Turn(ChangeSteps steps, Upstreams upstreams) {
            super(steps, upstreams);
            this.steps = steps;
        }

        @Override
        Outcome change(Work work, Standing standing, Upstream.Home home, Server server) {
            var wish = (Wanted.Resize) standing.wanted().orElseThrow();
            if (!(home.provider() instanceof Resizing resizing)) {
                return fail(work, Reason.INVALID, "the vendor changes no sizes");
            }
            if (standing.asked().isPresent()) {
                return look(work, wish, standing.asked().get(), home, server);
            }
            if (isMoving(server)) {
                throw new ProviderFailure(Reason.BUSY, "server " + server.id() + " is " + server.state());
            }
            return isSo(server, wish)
                    ? done(work, server)
                    : ask(work, home, () -> resizing.resize(server.id(), wish.size()));
        }

        /** How far it is. What the server is counts more than what is said of the task: some have grown and do not come up. */
        private Outcome look(Work work, Wanted.Resize wish, Asked asked, Upstream.Home home, Server server) {
            var progress = asked.task().map(home.provider()::progress);
            var stage = progress.isPresent() ? progress.get().stage() : Stage.DONE;
            var waited = progress.isPresent() ? asked.sinceThen(wish) : wish.age();
            if (stage == Stage.RUNNING || isMoving(server)) {
                return await(server, waited, PATIENCE);
            }
            var isUntold = server.size().isEmpty() && progress.isPresent() && stage == Stage.DONE;
            if (isSo(server, wish) || isUntold) {
                return done(work, server);
            }
            if (progress.isPresent() && stage == Stage.FAILED) {
                return fail(
                        work, Reason.VENDOR, home.mask().apply(progress.get().words()));
            }
            if (progress.isEmpty()
                    && asked.age().compareTo(UNTIL_AGAIN) > 0
                    && home.provider() instanceof Resizing resizing
                    && wish.age().compareTo(PATIENCE) <= 0) {
                return ask(work, home, () -> resizing.resize(server.id(), wish.size()));
            }
            return await(server, waited, PATIENCE);
        }

        private Outcome done(Work work, Server server) {
            steps.resized(work, server.state());
            return Outcome.done();
        }

        private static boolean isSo(Server server, Wanted.Resize wish) {
            return server.size().equals(wish.size());
        }
    }
}
