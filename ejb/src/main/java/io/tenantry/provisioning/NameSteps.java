package io.tenantry.provisioning;

import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provisioning.Calls.Result;
import io.tenantry.provisioning.Calls.Step;
import io.tenantry.tenancy.Sql;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is written down while addresses are named; as {@link ProvisionSteps}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class NameSteps {
    /** Longer than a vendor is waited for: whoever asked before that has died over it. */
    static final Duration ASKING_MAX = Duration.ofMinutes(1);

    @Inject
    Sql sql;

    @Inject
    Lives lives;

    @Inject
    Calls calls;

    @Inject
    WorkItems items;

    /** For the container. */
    public NameSteps() {}

    /** For use outside a container. */
    NameSteps(Sql sql, Lives lives, Calls calls, WorkItems items) {
        this.sql = sql;
        this.lives = lives;
        this.calls = calls;
        this.items = items;
    }

    /** A name that an address is to have; empty for the vendor's own. */
    public record Naming(String address, String hostname) {}

    /** What comes next. */
    public sealed interface Next {
        /** It is written down that this will be asked for. */
        record Ask(Naming naming) implements Next {}

        /** Somebody else may be asking at this moment: of two names the one that was wanted last has to be the last that is given. */
        record Wait() implements Next {}

        /** Nothing is wanted any more. */
        record Nothing() implements Next {}
    }

    /** How the service stands. */
    public Life read(Work work) {
        return lives.read(work.subject());
    }

    /** What is to be named next, with the addresses that the server has: one that it has not is not named. */
    public Next announce(Work work, List<String> addresses) {
        var life = held(work);
        lives.reach(life, addresses);
        var latest = calls.latest(life.id(), Step.NAME);
        if (latest.filter(call -> call.isOpen() && call.age().compareTo(ASKING_MAX) <= 0)
                .isPresent()) {
            return new Next.Wait();
        }
        var next = next(life);
        calls.end(life.id(), Step.NAME, Result.NOTHING, "");
        if (next.isEmpty()) {
            return new Next.Nothing();
        }
        calls.announce(life.id(), Step.NAME, latest.map(Calls.Call::attempt).orElse(0) + 1);
        return new Next.Ask(next.get());
    }

    /** The vendor has named it. Who wanted another name meanwhile has work of their own. */
    public void named(Work work, Naming naming) {
        var life = held(work);
        calls.end(life.id(), Step.NAME, Result.DONE, "");
        sql.update("""
                update service_address
                   set hostname = ?, wanted = nullif(wanted, ?)
                 where service_id = ? and address = ?
                """, naming.hostname(), naming.hostname(), life.id(), naming.address());
        lives.tell(life, "address_named", "address", naming.address());
    }

    /** The vendor has not, or nobody can tell; it is asked for again. */
    public void unsure(Work work, String words) {
        var life = held(work);
        calls.end(life.id(), Step.NAME, Result.NOTHING, words);
    }

    /** It will not have that name. */
    public void refused(Work work, Naming naming, Reason reason, String words) {
        var life = held(work);
        calls.end(life.id(), Step.NAME, Result.REFUSED, words);
        forget(life, naming);
        lives.tell(life, "address_failed", "reason", ChangeSteps.word(reason));
    }

    /** Nobody wants any name any more, or nobody can be asked for one. */
    public void drop(Work work, Reason reason) {
        var life = held(work);
        calls.end(life.id(), Step.NAME, Result.NOTHING, "");
        if (sql.update(
                        "update service_address set wanted = null where service_id = ? and wanted is not null",
                        life.id())
                > 0) {
            lives.tell(life, "address_failed", "reason", ChangeSteps.word(reason));
        }
    }

    private Optional<Naming> next(Life life) {
        return sql.first("""
                select address, wanted from service_address
                 where service_id = ? and wanted is not null
                 order by position, address
                 limit 1
                """, row -> new Naming(row.text("address"), row.text("wanted")), life.id());
    }

    private void forget(Life life, Naming naming) {
        sql.update(
                "update service_address set wanted = nullif(wanted, ?) where service_id = ? and address = ?",
                naming.hostname(),
                life.id(),
                naming.address());
    }

    private Life held(Work work) {
        items.hold(work);
        return lives.lock(work.subject());
    }
}
