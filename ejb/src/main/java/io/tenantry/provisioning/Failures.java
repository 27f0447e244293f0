package io.tenantry.provisioning;

import io.tenantry.notice.Note;
import io.tenantry.provisioning.Calls.Result;
import io.tenantry.provisioning.Calls.Step;
import io.tenantry.wallet.Holds;
import io.tenantry.work.WorkItems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/** How an order ends of which nothing comes: all of it in the caller's transaction, whoever decided so. */
@ApplicationScoped
public class Failures {
    @Inject
    Lives lives;

    @Inject
    Calls calls;

    @Inject
    WorkItems items;

    @Inject
    Holds holds;

    @Inject
    Clock clock;

    /** For the container. */
    public Failures() {}

    /** For use outside a container. */
    Failures(Lives lives, Calls calls, WorkItems items, Holds holds, Clock clock) {
        this.lives = lives;
        this.calls = calls;
        this.items = items;
        this.holds = holds;
        this.clock = clock;
    }

    /**
     * Ends a locked service that is on its way: what was held for it is free again, whatever of it may be at the vendor is deleted, and
     * its people are told. They read our reason, not the vendor's words.
     *
     * @param reason of which pages have the words, in lower case
     * @param result what became of the call that is open, if one is
     * @param words the vendor's, for staff
     */
    void fail(Life life, String reason, Result result, String words) {
        calls.end(life.id(), Step.CREATE, result, words);
        lives.fail(life, clock.instant(), words);
        lives.tell(life, "failed", "reason", reason);
        holds.release(life.walletId(), life.id());
        items.write(Remove.KIND, life.id().toString(), life.id());
        lives.tellMembers(life, Note.Kind.SERVICE_FAILED);
    }
}
