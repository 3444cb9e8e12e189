package io.mnemogrid.node.grid;

import com.hazelcast.spi.impl.NodeEngine;
import com.hazelcast.spi.impl.servicemanager.ServiceDescriptor;
import com.hazelcast.spi.impl.servicemanager.ServiceDescriptorProvider;
import io.mnemogrid.node.grid.member.GridService;

/** Registers the service with every Hazelcast instance of the process; found by service loader. */
public final class GridServiceProvider implements ServiceDescriptorProvider {
  @Override
  public ServiceDescriptor[] createServiceDescriptors() {
    return new ServiceDescriptor[] {
      new ServiceDescriptor() {
        @Override
        public String getServiceName() {
          return GridService.NAME;
        }

        @Override
        public Object getService(NodeEngine engine) {
          return new GridService(engine);
        }
      }
    };
  }
}
