package io.tenantry.work;

import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What operators decide of parked work, done by whoever sees to its kind. Each method is a transaction of the item's tenant. Its people do not
 * read who the operator was: that is in the platform's own audit trail. For {@link WorkConsole}, which checks rights.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Caretaking {
    @Inject
    WorkItems items;

    private Iterable<Caretaker> caretakers = List.of();

    /** For the container. */
    public Caretaking() {}

    /** For use outside a container. */
    public Caretaking(WorkItems items, Iterable<Caretaker> caretakers) {
        this.items = items;
        this.caretakers = caretakers;
    }

    @Inject
    void find(@Any Instance<Caretaker> all) {
        caretakers = all;
    }

    /** Has it tried again. Empty if nobody sees to it: then it is no more than an item. */
    public Optional<Looked> retry(WorkConsole.View item) {
        return asked(item, (caretaker, parked) -> caretaker.retry(parked, item.subject()));
    }

    /** Nobody tries it any more. Empty if nobody sees to it, else whether there was anything left to give up. */
    public Optional<Boolean> giveUp(WorkConsole.View item, String reason) {
        return asked(item, (caretaker, parked) -> caretaker.giveUp(parked, item.subject(), reason));
    }

    private <T> Optional<T> asked(WorkConsole.View item, BiFunction<Caretaker, WorkItems.Parked, T> question) {
        return Tenancy.in(item.tenant(), () -> {
            try (var acting = Actors.enter(Actor.system("operator"))) {
                return items.parked(item.subject()).stream()
                        .filter(parked -> parked.id() == item.id())
                        .findFirst()
                        .flatMap(parked -> of(parked.kind()).map(caretaker -> question.apply(caretaker, parked)));
            }
        });
    }

    private Optional<Caretaker> of(String kind) {
        for (var caretaker : caretakers) {
            if (caretaker.isFor(kind)) {
                return Optional.of(caretaker);
            }
        }
        return Optional.empty();
    }
}
