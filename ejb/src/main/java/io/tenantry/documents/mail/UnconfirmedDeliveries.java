package io.tenantry.documents.mail;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Mails that the mail server has taken from this node and that are not noted as sent yet. As a rule that is a moment; when the database is
 * away in it, the mail comes up again later, and must then be noted and not go out once more.
 */
@ApplicationScoped
public class UnconfirmedDeliveries {
    private final Set<UUID> taken = ConcurrentHashMap.newKeySet();

    void taken(UUID mailId) {
        taken.add(mailId);
    }

    boolean isTaken(UUID mailId) {
        return taken.contains(mailId);
    }

    void noted(UUID mailId) {
        taken.remove(mailId);
    }
}
