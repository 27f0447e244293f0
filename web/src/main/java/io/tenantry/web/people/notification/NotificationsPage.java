package io.tenantry.web.people.notification;

import io.tenantry.people.notification.NotificationInbox;
import io.tenantry.web.layout.Paging;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The person's notifications, all or only the unread ones, in pages. */
@Named
@RequestScoped
public class NotificationsPage {
    private static final int ROWS = 20;

    @Inject
    NotificationInbox notificationInbox;

    @Inject
    NotificationLabels labels;

    private boolean unread;
    private int wanted = 1;
    private @Nullable Paging paging;
    private @Nullable List<NotificationItem> rows;
    private @Nullable Integer count;

    /** Returns the number of unread notifications, for the bell; counted up to a hundred. */
    public int getCount() {
        var known = count;
        if (known == null) {
            known = notificationInbox.unread();
            count = known;
        }
        return known;
    }

    /** Returns the same number as text for a small badge. */
    public String getBadge() {
        return getCount() >= NotificationInbox.COUNTED_MAX ? "99+" : Integer.toString(getCount());
    }

    public Paging getPaging() {
        var known = paging;
        if (known == null) {
            known = Paging.of(wanted, ROWS, notificationInbox.count(unread));
            paging = known;
        }
        return known;
    }

    public List<NotificationItem> getRows() {
        var known = rows;
        if (known == null) {
            known = notificationInbox.page(unread, getPaging().first(), ROWS).stream()
                    .map(labels::item)
                    .toList();
            rows = known;
        }
        return known;
    }

    /** Whether only unread notifications are shown. */
    public boolean isUnread() {
        return unread;
    }

    public void setUnread(boolean unread) {
        this.unread = unread;
    }

    public int getWanted() {
        return wanted;
    }

    public void setWanted(int wanted) {
        this.wanted = wanted;
    }
}
