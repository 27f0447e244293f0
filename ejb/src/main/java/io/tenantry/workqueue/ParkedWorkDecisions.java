package io.tenantry.workqueue;

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
 * Decisions of operators on parked work, carried out by the resolver of its kind. Each method is a transaction of the item's tenant. The
 * tenant's people do not see which operator it was: that is in the platform's own audit trail. For {@link WorkAdministration}, which checks
 * permissions.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ParkedWorkDecisions {
    @Inject
    WorkItems items;

    private Iterable<ParkedWorkResolver> caretakers = List.of();

    /** For the container. */
    public ParkedWorkDecisions() {}

    /** For use outside a container. */
    public ParkedWorkDecisions(WorkItems items, Iterable<ParkedWorkResolver> caretakers) {
        this.items = items;
        this.caretakers = caretakers;
    }

    @Inject
    void find(@Any Instance<ParkedWorkResolver> all) {
        caretakers = all;
    }

    /** Retries the item. Empty if it has no resolver: then it is no more than an item. */
    public Optional<RetryOutcome> retry(WorkAdministration.View item) {
        return asked(item, (parkedWorkResolver, parked) -> parkedWorkResolver.retry(parked, item.subject()));
    }

    /** Gives the item up. Empty if it has no resolver, otherwise whether there was anything left to give up. */
    public Optional<Boolean> giveUp(WorkAdministration.View item, String reason) {
        return asked(item, (parkedWorkResolver, parked) -> parkedWorkResolver.giveUp(parked, item.subject(), reason));
    }

    private <T> Optional<T> asked(
            WorkAdministration.View item, BiFunction<ParkedWorkResolver, WorkItems.Parked, T> question) {
        return Tenancy.in(item.tenant(), () -> {
            try (var actorScope = Actors.enter(Actor.system("operator"))) {
                return items.parked(item.subject()).stream()
                        .filter(parked -> parked.id() == item.id())
                        .findFirst()
                        .flatMap(parked -> of(parked.kind())
                                .map(parkedWorkResolver -> question.apply(parkedWorkResolver, parked)));
            }
        });
    }

    private Optional<ParkedWorkResolver> of(String kind) {
        for (var parkedWorkResolver : caretakers) {
            if (parkedWorkResolver.isFor(kind)) {
                return Optional.of(parkedWorkResolver);
            }
        }
        return Optional.empty();
    }
}
