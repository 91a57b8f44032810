package org.sharaka.node;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The node as one Spring application: each module's configuration is found in its package. */
@SpringBootApplication(proxyBeanMethods = false)
public class SharakaApplication {}
