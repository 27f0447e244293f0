package io.tenantry.web.security;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;

/** A session listener that stops counting a session when it ends. A new id is a new sign-in, which is counted when it is complete. */
@WebListener
public class SignedInSessionsListener implements HttpSessionListener, HttpSessionIdListener {
    @Inject
    SignedInSessions sessions;

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        sessions.forget(event.getSession().getId());
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String before) {
        sessions.forget(before);
    }
}
