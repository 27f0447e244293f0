package io.tenantry.startup;

import jakarta.enterprise.context.ApplicationScoped;

/** Whether this node serves people yet: after start-up, until it stops. */
@ApplicationScoped
public class Readiness {
    private volatile boolean ready;

    public boolean isReady() {
        return ready;
    }

    void ready() {
        ready = true;
    }

    void stopping() {
        ready = false;
    }
}
