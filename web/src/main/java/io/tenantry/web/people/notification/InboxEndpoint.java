package io.tenantry.web.people.notification;

import io.tenantry.people.notification.NotificationInbox;
import io.tenantry.text.DateText;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageMessages;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.undo.UndoAction;
import io.tenantry.web.undo.UndoActions;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The bell: the number of unread notifications and the latest ones, as JSON. POST marks one or all as read, or one as unread; a form without
 * scripts redirects back to the page of notifications.
 */
@WebServlet({"/portal/inbox", "/staff/inbox", "/admin/inbox"})
public class InboxEndpoint extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int LATEST = 8;

    @Inject
    transient NotificationInbox notificationInbox;

    @Inject
    transient NotificationLabels labels;

    @Inject
    transient CurrentPerson me;

    @Inject
    transient UndoActions undoActions;

    @Inject
    transient Format format;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var items = Json.createArrayBuilder();
        notificationInbox.page(false, 0, LATEST).forEach(inboxEntry -> items.add(json(labels.item(inboxEntry))));
        write(response, answer().add("items", items));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        @Nullable Instant readAt = null;
        var what = String.valueOf(request.getParameter("do"));
        try {
            switch (what) {
                case "all" -> readAt = notificationInbox.readAll();
                case "one" -> notificationInbox.read(Long.parseLong(request.getParameter("id")));
                case "undo" ->
                    notificationInbox.unreadAgain(DateText.instant(String.valueOf(request.getParameter("at")))
                            .orElseThrow(() -> new DateTimeException("no moment")));
                default -> {
                    response.sendError(HttpServletResponse.SC_BAD_REQUEST);
                    return;
                }
            }
        } catch (NumberFormatException | DateTimeException malformed) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        if (request.getParameter("back") != null) {
            if (readAt != null) {
                var undo = undoActions.keep(new UndoAction.NotificationsRead(me.getHome() + "/notifications", readAt));
                PageMessages.next(
                        request, new PageMessages.ToastMessage("ok", format.text("notification.read-all.done"), undo));
            }
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", me.getHome() + "/notifications");
            return;
        }
        write(response, readAt == null ? answer() : answer().add("at", readAt.toString()));
    }

    private JsonObjectBuilder answer() {
        int unread = notificationInbox.unread();
        return Json.createObjectBuilder()
                .add("unread", unread)
                .add(
                        "shown",
                        unread == 0 ? "" : unread >= NotificationInbox.COUNTED_MAX ? "99+" : Integer.toString(unread))
                .add("label", label(unread));
    }

    private String label(int unread) {
        return unread == 0 ? format.text("notification.none-unread") : format.text("notification.unread", unread);
    }

    private static JsonObjectBuilder json(NotificationItem notificationItem) {
        return Json.createObjectBuilder()
                .add("id", notificationItem.id())
                .add("title", notificationItem.title())
                .add("text", notificationItem.text())
                .add("place", notificationItem.place())
                .add("said", notificationItem.said())
                .add("href", notificationItem.href())
                .add("icon", notificationItem.icon())
                .add("tone", notificationItem.tone())
                .add("at", notificationItem.at())
                .add("ago", notificationItem.ago())
                .add("read", notificationItem.read());
    }

    private static void write(HttpServletResponse response, JsonObjectBuilder json) throws IOException {
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(json.build().toString());
    }
}
