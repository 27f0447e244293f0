package io.tenantry.web.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The REST API for programs. Resources and providers are found by their annotations. */
@ApplicationPath("/api/v1")
public class Api extends Application {}
