package io.tenantry.cloud.provider.linode;

/** The range sold by the fake Linode. */
final class FakeLinodeCatalog {
    static final String REGIONS = """
            [
             {"id": "us-east", "label": "Newark, NJ", "country": "us", "status": "ok", "site_type": "core",
              "capabilities": ["Linodes", "Block Storage", "GPU Linodes", "Metadata"]},
             {"id": "eu-central", "label": "Frankfurt, DE", "country": "de", "status": "ok", "site_type": "core",
              "capabilities": ["Linodes", "Block Storage", "Premium Plans", "Metadata"]},
             {"id": "br-gru", "label": "Sao Paulo, BR", "country": "br", "status": "outage", "site_type": "core",
              "capabilities": ["Linodes", "Metadata"]},
             {"id": "no-osl-1", "label": "Oslo, NO", "country": "no", "status": "ok", "site_type": "distributed",
              "capabilities": ["Linodes", "Distributed Plans"]}
            ]
            """;

    static final String AVAILABILITY = """
            [
             {"region": "us-east", "plan": "g6-standard-2", "available": false},
             {"region": "eu-central", "plan": "g6-standard-2", "available": true}
            ]
            """;

    static final String TYPES = """
            [
             {"id": "g6-standard-1", "label": "Linode 2GB", "class": "standard", "vcpus": 1, "memory": 2048, "disk": 51200,
              "transfer": 2000, "gpus": 0, "network_out": 2000, "successor": null,
              "price": {"hourly": 0.018, "monthly": 12},
              "region_prices": [{"id": "br-gru", "hourly": 0.0252, "monthly": 16.8}],
              "addons": {"backups": {"price": {"hourly": 0.004, "monthly": 2.5}, "region_prices": []}}},
             {"id": "g6-standard-2", "label": "Linode 4GB", "class": "standard", "vcpus": 2, "memory": 4096, "disk": 81920,
              "transfer": 4000, "gpus": 0, "price": {"hourly": 0.0361234567891, "monthly": 24.0},
              "region_prices": [{"id": "br-gru", "hourly": null, "monthly": null}]},
             {"id": "g7-premium-2", "label": "Premium 4GB", "class": "premium", "vcpus": 2, "memory": 4096, "disk": 81920,
              "transfer": 4000, "gpus": 0, "price": {"hourly": 0.0645, "monthly": 43.0}, "region_prices": []},
             {"id": "g6-nowhere-1", "label": "Nowhere", "class": "gpu", "vcpus": 2, "memory": 4096, "disk": 81920,
              "transfer": 4000, "gpus": 1, "price": {"hourly": 1.5, "monthly": 1000.0},
              "region_prices": [{"id": "us-east", "hourly": null, "monthly": 1200}]}
            ]
            """;

    static final String IMAGES = """
            [
             {"id": "linode/debian12", "label": "Debian 12", "vendor": "Debian", "size": 1300, "type": "manual",
              "status": "available", "is_public": true, "deprecated": false, "eol": "2028-06-10T04:00:00"},
             {"id": "linode/debian10", "label": "Debian 10", "vendor": "Debian", "size": 1024, "type": "manual",
              "status": "available", "is_public": true, "deprecated": true, "eol": "2026-11-30T04:00:00"},
             {"id": "linode/ubuntu18.04", "label": "Ubuntu 18.04 LTS", "vendor": "Ubuntu", "size": 2700, "type": "manual",
              "status": "available", "is_public": true, "deprecated": false, "eol": "2026-11-22T10:00:00"},
             {"id": "linode/debian11-kube-v1.31.0", "label": "Kubernetes 1.31.0 on Debian 11", "vendor": "Debian",
              "size": 2500, "type": "manual", "status": "available", "is_public": true, "deprecated": false, "eol": null},
             {"id": "private/12", "label": "Golden image", "vendor": null, "size": 2049, "type": "manual",
              "status": "available", "is_public": false, "deprecated": false, "eol": null},
             {"id": "private/13", "label": "Not up yet", "vendor": null, "size": 0, "type": "manual",
              "status": "pending_upload", "is_public": false, "deprecated": false, "eol": null},
             {"id": "private/14", "label": "What was on a server", "vendor": null, "size": 900, "type": "automatic",
              "status": "available", "is_public": false, "deprecated": false, "eol": null}
            ]
            """;

    static final String STACKSCRIPTS = """
            [
             {"id": 10079, "label": "mysql", "description": "Installs MySQL", "mine": true, "is_public": false,
              "images": ["linode/debian12"], "user_defined_fields": [
               {"name": "DB_PASSWORD", "label": "Password", "example": "hunter2"},
               {"name": "VERSION", "label": "Version", "example": "", "oneOf": "8.0, 8.4", "default": "8.4"},
               {"name": "PLUGINS", "label": "Plugins", "manyOf": "a,b,c", "default": ""}]},
             {"id": 10080, "label": "anything", "description": null, "mine": true, "is_public": false,
              "images": ["any/all"], "user_defined_fields": []},
             {"id": 1, "label": "of a stranger", "description": "", "mine": false, "is_public": true,
              "images": ["any/all"], "user_defined_fields": []}
            ]
            """;

    private FakeLinodeCatalog() {}
}
