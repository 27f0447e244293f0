package io.tenantry.web.notice;

import io.tenantry.notice.Inbox;
import io.tenantry.web.shell.Paging;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that the person was told, or what of it is unread, in parts. */
@Named
@RequestScoped
public class NoticesPage {
    private static final int ROWS = 20;

    @Inject
    Inbox inbox;

    @Inject
    NoticeWords words;

    private boolean unread;
    private int wanted = 1;
    private @Nullable Paging paging;
    private @Nullable List<Item> rows;
    private @Nullable Integer count;

    /** How many are unread, for the bell; counted up to a hundred. */
    public int getCount() {
        var known = count;
        if (known == null) {
            known = inbox.unread();
            count = known;
        }
        return known;
    }

    /** The same for a small round thing. */
    public String getBadge() {
        return getCount() >= Inbox.COUNTED_MAX ? "99+" : Integer.toString(getCount());
    }

    public Paging getPaging() {
        var known = paging;
        if (known == null) {
            known = Paging.of(wanted, ROWS, inbox.count(unread));
            paging = known;
        }
        return known;
    }

    public List<Item> getRows() {
        var known = rows;
        if (known == null) {
            known = inbox.page(unread, getPaging().first(), ROWS).stream()
                    .map(words::item)
                    .toList();
            rows = known;
        }
        return known;
    }

    /** Whether only what is unread is shown. */
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
