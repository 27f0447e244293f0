package io.tenantry.options;

import io.tenantry.options.ServiceOption.Wanted;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provisioning.Rebuilt;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.function.Consumer;

/** What is written down of a server that is put back to a backup or a snapshot; as {@link OptionSteps}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class RestoreSteps {
    @Inject
    OptionRecords records;

    @Inject
    OptionLives lives;

    @Inject
    WorkItems items;

    private Consumer<Rebuilt> anew = event -> {};

    /** For the container. */
    public RestoreSteps() {}

    /** For use outside a container. */
    RestoreSteps(OptionRecords records, OptionLives lives, WorkItems items) {
        this.records = records;
        this.lives = lives;
        this.items = items;
    }

    @Inject
    void tell(Event<Rebuilt> event) {
        hear(event::fire);
    }

    /** Who is told of servers that are as they were in a copy. */
    void hear(Consumer<Rebuilt> hearer) {
        anew = hearer;
    }

    /**
     * The server is as it was in it, as the vendor says: it may show the key that it had then. Or nobody can tell, because an answer was lost.
     */
    public void restored(Work work, boolean isCertain) {
        items.hold(work);
        var option = records.lockWithServer(work.subject());
        if (option.wants(Wanted.RESTORE)) {
            records.settle(option);
            records.tell(option, isCertain ? "restored" : "unsure");
            anew.accept(new Rebuilt(option.serviceId()));
        }
    }

    /** The server stays as it is, or as the vendor left it. */
    public void giveUp(Work work, Reason reason) {
        var option = lives.held(work);
        if (option.wants(Wanted.RESTORE)) {
            records.settle(option);
            records.tell(option, "refused", reason.name().toLowerCase(Locale.ROOT));
        }
    }
}
