package io.tenantry.web.security;

import io.tenantry.audit.RequestOrigin;
import io.tenantry.identity.KeyInUse;
import io.tenantry.tenancy.Actors;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;

/** Forgets on the thread who made the request, with what key and from where: the next request is somebody else's. */
@WebListener
public class RequestEnd implements ServletRequestListener {
    @Override
    public void requestInitialized(ServletRequestEvent event) {
        forget();
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        forget();
    }

    private static void forget() {
        Actors.clear();
        KeyInUse.clear();
        RequestOrigin.clear();
    }
}
