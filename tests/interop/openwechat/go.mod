// Builds in a workspace with a checkout of openwechat; see ../README.md.
module wechatps/interop

go 1.20
