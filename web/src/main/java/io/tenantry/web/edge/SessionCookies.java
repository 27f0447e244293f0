package io.tenantry.web.edge;

import io.tenantry.config.Settings;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where people reach us by https, makes the session's cookie Secure and binds it to its host by the name {@code __Host-}. */
public class SessionCookies implements ServletContainerInitializer {
    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext application) {
        if (new Settings().tls()) {
            var cookie = application.getSessionCookieConfig();
            cookie.setName("__Host-tenantry");
            cookie.setSecure(true);
        }
    }
}
