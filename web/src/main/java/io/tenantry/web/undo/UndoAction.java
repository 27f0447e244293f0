package io.tenantry.web.undo;

import io.tenantry.brand.BrandEditor;
import io.tenantry.brand.LegalTexts;
import io.tenantry.brand.storefront.StorefrontEditor;
import io.tenantry.catalog.Plan;
import io.tenantry.cloud.launch.SshKeys;
import io.tenantry.cloud.launch.StartupScripts;
import io.tenantry.kernel.money.Money;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The reversal of an action. It stores the state that the action left behind, and reverts the action only if that state is unchanged; the use
 * case checks the permission and writes the audit record. It is stored in the session of the person who performed the action.
 */
public sealed interface UndoAction extends Serializable {
    /** Returns the page that shows the result. */
    String path();

    /** Reverts the action; returns false if the state has changed since. */
    boolean back(UndoOperations undoOperations);

    /** An inquiry was marked as handled. */
    record ContactMessageResolved(UUID id, Instant at) implements UndoAction {
        @Override
        public String path() {
            return "/staff/contact-messages";
        }

        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.contactMessages.reopen(id, at);
        }
    }

    /** A question was removed from the website. */
    record FaqEntryRemoved(StorefrontEditor.Removed question) implements UndoAction {
        @Override
        public String path() {
            return "/staff/site?language=" + question.language() + "#questions";
        }

        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.site.putBack(question);
        }
    }

    /**
     * An announcement was added, changed or removed.
     *
     * @param before null if it did not exist
     * @param left null if it was removed
     */
    record AnnouncementChanged(
            UUID id,
            @Nullable AnnouncementSnapshot before,
            @Nullable AnnouncementSnapshot left) implements UndoAction {
        @Override
        public String path() {
            return "/staff/announcements";
        }

        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.announcements.putBack(
                    id,
                    Optional.ofNullable(before).map(AnnouncementSnapshot::announcement),
                    Optional.ofNullable(left).map(AnnouncementSnapshot::announcement));
        }
    }

    /** An SSH key of an organization was deleted. */
    record SshKeyDeleted(SshKeys.Key key) implements UndoAction {
        @Override
        public String path() {
            return "/portal/ssh-keys";
        }

        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.keys.putBack(key);
        }
    }

    /** A start-up script of an organization was deleted. */
    record ScriptDeleted(StartupScripts.Script script) implements UndoAction {
        @Override
        public String path() {
            return "/portal/scripts";
        }

        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.scripts.putBack(script);
        }
    }

    /** An incident was ended. */
    record IncidentResolved(UUID id, Instant at) implements UndoAction {
        @Override
        public String path() {
            return "/staff/incidents";
        }

        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.incidents.reopen(id, at);
        }
    }

    /** The credit limit of a wallet was changed. */
    record LimitChanged(UUID organization, UUID wallet, Currency currency, BigDecimal before, BigDecimal left)
            implements UndoAction {
        @Override
        public String path() {
            return "/staff/customer?id=" + organization;
        }

        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.wallets.limitBack(wallet, new Money(left, currency), new Money(before, currency));
        }
    }

    /** A plan was taken off sale. */
    record PlanRetired(UUID id, Plan.State before) implements UndoAction {
        @Override
        public String path() {
            return "/staff/plan?id=" + id;
        }

        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.catalog.reinstate(id, before);
        }
    }

    /** A version of the brand was published. */
    record BrandPublished(long version) implements UndoAction {
        @Override
        public String path() {
            return "/staff/brand";
        }

        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.brand.takeBack(version) instanceof BrandEditor.Outcome.Published;
        }
    }

    /** A version of a legal text was published. */
    record LegalPublished(LegalTexts.Kind kind, int version) implements UndoAction {
        @Override
        public String path() {
            return "/staff/legal?text=" + kind.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.texts.takeBack(kind, version) == LegalTexts.Outcome.DONE;
        }
    }

    /**
     * All notifications were marked as read.
     *
     * @param path the page of notifications of the person who did it
     */
    record NotificationsRead(String path, Instant at) implements UndoAction {
        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.notificationInbox.unreadAgain(at);
        }
    }
}
